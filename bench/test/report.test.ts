// The verdicts: said plainly, and by how much a bar was missed.
import { describe, expect, it } from 'vitest';
import { goalResult } from '../goals.ts';
import { spreadOf } from '../harness/statistics.ts';
import { formatNumber, formatRatio, goalsTable, judge, renderTable } from '../report.ts';

describe('judge', () => {
  const most = { good: 'at-most', must: 2, stretch: 1 } as const;
  const least = { good: 'at-least', must: 4, stretch: 5 } as const;

  it('takes the bar itself as reached', () => {
    expect(judge(most, 1).verdict).toBe('reaches the stretch');
    expect(judge(most, 2).verdict).toBe('passes');
    expect(judge(least, 5).verdict).toBe('reaches the stretch');
    expect(judge(least, 4).verdict).toBe('passes');
  });

  it('says by what factor a bar was missed, whichever way is good', () => {
    expect(judge(most, 3)).toEqual({ verdict: 'falls short', missedBy: 1.5 });
    expect(judge(least, 2)).toEqual({ verdict: 'falls short', missedBy: 2 });
  });

  it('never passes what was not measured', () => {
    expect(judge(most, undefined).verdict).toBe('not measured');
  });
});

describe('the goals table', () => {
  it('shows both bars, the spread and the verdict', () => {
    const text = renderTable(goalsTable([goalResult('G2', spreadOf([0.3, 0.2, 0.25]))]));
    expect(text).toContain('| ≥ 0.38 | ≥ 0.5 | 0.25 [0.2–0.3] | **falls short** by 1.52× |');
  });

  it('gives the reason where nothing was measured', () => {
    const text = renderTable(goalsTable([goalResult('G3', 'no mosquitto')]));
    expect(text).toContain('| no mosquitto | not measured |');
  });
});

describe('numbers', () => {
  it('have three digits that mean something', () => {
    expect(formatNumber(0.123456)).toBe('0.123');
    expect(formatNumber(12_345.6)).toBe('12,346');
    expect(formatNumber(Number.NaN)).toBe('–');
    expect(formatRatio(spreadOf([1.5]))).toBe('1.5');
  });
});
