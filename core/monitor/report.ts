// What a drift check found, as a report for screens, cards and the command line.
import type {Report} from '../schema/report.ts'
import type {Drift, FeatureDrift, Judged} from './drift.ts'

const columns = [
  'column',
  'verdict',
  'PSI',
  'test',
  'p',
  'p corrected',
  'missing before',
  'missing now',
]

/** One line a column: the finding that weighs most, and why. */
export function driftReport(found: Drift): Report {
  const {features, rows, trained, alpha, alarm} = found
  const drifted = features.filter(feature => feature.verdict === 'drifted')
  const psi = features.flatMap(feature => feature.psi ?? [])
  return {
    about: 'drift',
    title: title(found, drifted),
    metrics: [
      {name: 'columns drifted', value: drifted.length, better: 'low'},
      ...(psi.length > 0
        ? [{name: 'largest PSI', value: Math.max(...psi), better: 'low' as const}]
        : []),
    ],
    exhibits: [{kind: 'table', name: 'drift', columns, rows: features.map(line)}],
    alarm,
    warnings: [
      ...unclear(
        features,
        'few',
        `not enough values to tell (${rows} rows, ${trained} in training)`,
      ),
      ...unclear(features, 'absent', 'not among the rows'),
      ...drifted.flatMap(feature =>
        feature.findings.filter(f => f.alarm).map(f => words(feature, f, alpha)),
      ),
    ],
  }
}

function title({alarm, features, rows}: Drift, drifted: readonly FeatureDrift[]): string {
  if (alarm) return `Drift in ${drifted.map(feature => feature.name).join(', ')}`
  const told = features.some(feature => feature.verdict === 'same')
  return told ? `No drift found in ${rows} rows` : `Not enough to tell drift from ${rows} rows`
}

function line(feature: FeatureDrift): (string | number | null)[] {
  const worst = feature.findings.toSorted((a, b) => a.adjusted - b.adjusted)[0]
  return [
    feature.role === 'prediction' ? `${feature.name} (answer)` : feature.name,
    feature.verdict,
    feature.psi ?? null,
    worst ? `${worst.about}: ${worst.test}` : null,
    worst?.p ?? null,
    worst?.adjusted ?? null,
    feature.missing?.before ?? null,
    feature.missing?.now ?? null,
  ]
}

const unclear = (features: readonly FeatureDrift[], verdict: string, reason: string): string[] => {
  const names = features.filter(f => f.verdict === verdict).map(f => f.name)
  return names.length > 0 ? [`${names.join(', ')}: ${reason}`] : []
}

function words(
  {name, missing}: FeatureDrift,
  {about, statistic, adjusted, psi}: Judged,
  alpha: number,
) {
  const sure = `p = ${adjusted.toPrecision(2)} after correction, alarm at ${alpha}`
  switch (about) {
    case 'distribution':
      return `${name}: its values have moved, PSI ${psi!.toFixed(2)} (${sure})`
    case 'characters':
    case 'words':
      return `${name}: how long its texts are, in ${about}, has moved, PSI ${psi!.toFixed(2)} (${sure})`
    case 'unseen':
      return `${name}: ${percent(statistic)} of the rows have a category that training did not have (${sure})`
    case 'missing':
      return `${name}: ${percent(missing!.now)} missing, ${percent(missing!.before)} in training (${sure})`
  }
}

const percent = (share: number) => `${(share * 100).toFixed(1)}%`
