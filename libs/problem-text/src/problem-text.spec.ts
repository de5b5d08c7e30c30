import { analyse, ProblemText } from './problem-text.js';

describe('analyse', () => {
  const problem = analyse('[그림: 접시] 접시에 사과가 $\\frac{1}{2}$개 있습니다. 몇 개입니까?<br>① 1 ② 2');

  test('gives every part of the text', () => {
    expect(problem.text).toBe('[그림: 접시] 접시에 사과가 1/2 개 있습니다. 몇 개입니까?\n① 1 ② 2');
    expect(problem.prose).toBe('  접시에 사과가 1/2 개 있습니다. 몇 개입니까?\n① 1 ② 2');
    expect(problem.body).toBe('  접시에 사과가 1/2 개 있습니다. 몇 개입니까?\n');
    expect(problem.options).toBe('① 1 ② 2');
    expect(problem.question).toBe('몇 개입니까?');
    expect(problem.raw).toContain('<br>');
  });

  test('tokenises once', () => {
    expect(problem.tokens).toBe(problem.tokens);
    expect(problem.tokens.some(({ kind }) => kind === 'fraction')).toBe(true);
  });

  test('a text already normalised is taken as it is', () => {
    expect(new ProblemText('', '3 + 4').tokens).toHaveLength(3);
  });
});
