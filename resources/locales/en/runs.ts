export const runs = {
  title: 'Runs',
  previous: 'Previous',
  next: 'Next',
  report: {
    alarm: 'This asks for attention',
    metric: 'Metric',
    value: 'Value',
    interval: 'Interval',
    baselineColumn: 'Baseline',
    higher: 'higher is better',
    lower: 'lower is better',
    intervals: '{level} intervals by percentile bootstrap, {repeats} repeats, seed {seed}.',
    baseline: 'Baseline: {baseline}.',
    warnings: {one: '{n} warning', other: '{n} warnings'},
  },
  rowsBehind: {
    title: 'Truth {truth}, predicted {predicted}',
    open: '{n} rows of {truth} predicted as {predicted}: show them',
    rows: 'Rows',
    range: 'Rows {from} to {to}',
    end: 'No more rows',
  },
}
