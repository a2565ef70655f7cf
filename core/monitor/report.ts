// What a drift check found, as a report for screens, cards and the command line.
import type {Report} from '../schema/report.ts'
import {type Phrase, type Said, says, type Told} from '../words/says.ts'
import type {Drift, FeatureDrift, Judged} from './drift.ts'

const columns = [
  says`column`,
  says`verdict`,
  says`PSI`,
  says`test`,
  says`p`,
  says`p corrected`,
  says`missing before`,
  says`missing now`,
].map(({said}) => said)

const verdicts: Record<FeatureDrift['verdict'], Phrase> = {
  same: says`same`,
  drifted: says`drifted`,
  few: says`too few rows`,
  absent: says`absent`,
}
const tests: Record<Judged['test'], Phrase> = {
  'Kolmogorov–Smirnov': says`Kolmogorov–Smirnov`,
  'chi-squared': says`chi-squared`,
  Fisher: says`Fisher`,
}
const abouts: Record<Judged['about'], Phrase> = {
  distribution: says`distribution`,
  characters: says`length in characters`,
  words: says`length in words`,
  unseen: says`unseen`,
  missing: says`missing`,
}

/** One line a column: the finding that weighs most, and why. */
export function driftReport(found: Drift): Report {
  const {features, rows, trained, alpha, alarm} = found
  const drifted = features.filter(feature => feature.verdict === 'drifted')
  const psi = features.flatMap(feature => feature.psi ?? [])
  return {
    about: 'drift',
    title: title(found, drifted).said,
    metrics: [
      {name: 'columns_drifted', value: drifted.length, better: 'low'},
      ...(psi.length > 0
        ? [{name: 'largest_psi', value: Math.max(...psi), better: 'low' as const}]
        : []),
    ],
    exhibits: [{kind: 'table', name: says`drift`.said, columns, rows: features.map(line)}],
    alarm,
    warnings: [
      ...unclear(
        features,
        'few',
        says`not enough values to tell (${rows} rows, ${trained} in training)`,
      ),
      ...unclear(features, 'absent', says`not among the rows`),
      ...drifted.flatMap(feature =>
        feature.findings.filter(f => f.alarm).map(f => words(feature, f, alpha)),
      ),
    ],
  }
}

function title({alarm, features, rows}: Drift, drifted: readonly FeatureDrift[]): Phrase {
  if (alarm) return says`Drift in ${drifted.map(feature => feature.name).join(', ')}`
  const told = features.some(feature => feature.verdict === 'same')
  return told
    ? says`No drift found in ${rows} rows`
    : says`Not enough to tell drift from ${rows} rows`
}

function line(feature: FeatureDrift): (Told | number | null)[] {
  const worst = feature.findings.toSorted((a, b) => a.adjusted - b.adjusted)[0]
  return [
    feature.role === 'prediction' ? says`${feature.name} (answer)`.said : feature.name,
    verdicts[feature.verdict].said,
    feature.psi ?? null,
    worst ? says`${abouts[worst.about]}: ${tests[worst.test]}`.said : null,
    worst?.p ?? null,
    worst?.adjusted ?? null,
    feature.missing?.before ?? null,
    feature.missing?.now ?? null,
  ]
}

const unclear = (features: readonly FeatureDrift[], verdict: string, reason: Phrase): Said[] => {
  const names = features.filter(f => f.verdict === verdict).map(f => f.name)
  return names.length > 0 ? [says`${names.join(', ')}: ${reason}`.said] : []
}

function words(
  {name, missing}: FeatureDrift,
  {about, statistic, adjusted, psi}: Judged,
  alpha: number,
): Said {
  const sure = says`p = ${Number(adjusted.toPrecision(2))} after correction, alarm at ${alpha}`
  switch (about) {
    case 'distribution':
      return says`${name}: its values have moved, PSI ${Number(psi!.toFixed(2))} (${sure})`.said
    case 'characters':
      return says`${name}: how long its texts are, in characters, has moved, PSI ${Number(psi!.toFixed(2))} (${sure})`
        .said
    case 'words':
      return says`${name}: how long its texts are, in words, has moved, PSI ${Number(psi!.toFixed(2))} (${sure})`
        .said
    case 'unseen':
      return says`${name}: ${percent(statistic)} of the rows have a category that training did not have (${sure})`
        .said
    case 'missing':
      return says`${name}: ${percent(missing!.now)} missing, ${percent(missing!.before)} in training (${sure})`
        .said
  }
}

const percent = (share: number) => says`${Math.round(share * 1000) / 10}%`
