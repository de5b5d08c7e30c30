type Json = Readonly<Record<string, unknown>>;

/**
 * An AI-Hub item as a plain record of this library's own field names, or undefined where the value is none of its two layouts.
 * The text is what the pupil sees, the words before the picture; answers, wrong answers and explanations are never read:
 * an explanation names the topic. Layout 1 carries official standards, layout 2 only topics, which are kept as metadata.
 */
export function readItem(value: object): Json | undefined {
  const item = value as Json;
  if (Array.isArray(item.learning_data_info)) return itemWithStandards(item, item.learning_data_info);
  const [seen] = records(item.OCR_info);
  return seen === undefined ? undefined : itemWithTopics(item, seen);
}

function itemWithStandards(item: Json, learning: readonly unknown[]): Json {
  const raw = record(item.raw_data_info);
  const data = record(item.source_data_info);
  const words = boxesOf(learning, '문항(텍스트)');
  const picture = boxesOf(learning, '문항(이미지)');
  return {
    id: data.source_data_name,
    text: [...words, ...picture].join('\n'),
    code: strings(data['2022_achievement_standard']),
    metadata: present({
      grade: raw.grade,
      semester: raw.semester,
      school: raw.school,
      subject: raw.subject,
      publisher: raw.publisher,
      publicationYear: raw.publication_year,
      revisionYear: raw.revision_year,
      difficulty: data.level_of_difficulty,
      type: data.types_of_problems,
    }),
  };
}

function itemWithTopics(item: Json, seen: Json): Json {
  const [question = {}] = records(item.question_info);
  return {
    id: item.id ?? item.question_filename,
    text: [...strings(seen.question_text), ...strings(seen.figure_text)].join('\n'),
    metadata: present({
      grade: question.question_grade,
      semester: question.question_term,
      unit: question.question_unit,
      topic: question.question_topic_name ?? question.question_topic,
      domain: question.question_sector2,
      skill: question.question_sector1,
      step: question.question_step,
      type: question.question_type1,
      difficulty: question.question_difficulty,
    }),
  };
}

interface Box {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}

/** The descriptions of all boxes of a class in reading order; in the order of the file where a box does not say where it stands. */
function boxesOf(learning: readonly unknown[], className: string): string[] {
  const boxes = records(learning)
    .filter((entry) => typeof entry.class_name === 'string' && entry.class_name.normalize('NFC').replace(/\s/g, '') === className)
    .flatMap((entry) => records(entry.class_info_list))
    .map((entry) => ({ text: strings(entry.text_description).join('\n'), ...extent(entry) }))
    .filter(({ text }) => text !== '');
  return (boxes.every(isPlaced) ? inReadingOrder(boxes) : boxes).map(({ text }) => text);
}

/** Top to bottom, and left to right within a line: boxes of one line never start at quite the same height. */
function inReadingOrder(boxes: readonly Box[]): Box[] {
  const lines: Box[][] = [];
  for (const box of [...boxes].sort((one, other) => one.top - other.top)) {
    const line = lines.at(-1);
    const first = line?.[0];
    const sameLine = first !== undefined && box.top - first.top < Math.min(first.bottom - first.top, box.bottom - box.top) / 2;
    if (sameLine) line?.push(box);
    else lines.push([box]);
  }
  return lines.flatMap((line) => line.sort((one, other) => one.left - other.left));
}

/** A rectangle is given as `x, y, width, height`, a polygon as its points, each either flat or nested. */
function extent({ Type: type, Type_value: written }: Json): Partial<Box> {
  const numbers = (Array.isArray(written) ? written.flat(3) : []).map(Number);
  if (numbers.length < 2 || !numbers.every(Number.isFinite)) return {};
  if (numbers.length === 4 && type !== 'Polygon') {
    const [left, top, width, height] = numbers;
    // Some exporters write the opposite corner instead of the size.
    const corner = width > left && height > top;
    return { left, top, bottom: corner ? height : top + height };
  }
  const heights = numbers.filter((_, index) => index % 2 === 1);
  return { left: Math.min(...numbers.filter((_, index) => index % 2 === 0)), top: Math.min(...heights), bottom: Math.max(...heights) };
}

function isPlaced(box: Partial<Box>): box is Box {
  return box.top !== undefined;
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : (records(value)[0] ?? {});
}

function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter((each): each is Json => typeof each === 'object' && each !== null && !Array.isArray(each)) : [];
}

/** Text, or a list of texts, without the blank ones that stand for "unused". */
function strings(value: unknown): string[] {
  const list = Array.isArray(value) ? value.flat() : [value];
  return list.filter((each) => typeof each === 'string').map((each) => each.trim()).filter((each) => each !== '');
}

function present(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== ' '));
}
