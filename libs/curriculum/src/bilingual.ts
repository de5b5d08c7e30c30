/** A sentence that a person may read, in both languages of the product; Korean is shown unless English is asked for. */
export interface Bilingual {
  readonly ko: string;
  readonly en: string;
}
