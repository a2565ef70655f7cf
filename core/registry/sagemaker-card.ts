// A card in the form that Amazon SageMaker takes: its model card JSON schema, version 0.1.0.
import type {Card, Fact} from '../schema/card.ts'
import {english} from '../words/says.ts'

type Limited = Record<string, unknown>

/**
 * The content of a SageMaker model card. Texts longer than the schema allows are cut, with an ellipsis;
 * figures that are not finite have no place there and are told as text.
 */
export function toSageMakerCard(card: Card): Limited {
  const {overview, texts, data, training, evaluation} = card
  const rows = data.rows.map(({name, value}) => `${name}: ${value} rows`)
  return clean({
    model_overview: {
      model_description: cut(texts.description, 1024),
      model_owner: cut(overview.owners.join(', '), 1024),
      problem_type: overview.task,
      algorithm_type: cut(overview.kind, 1024),
      model_name: cut(overview.name, 1024),
      model_version: overview.number,
    },
    intended_uses: {
      purpose_of_model: cut(texts.purpose, 2048),
      intended_uses: cut(texts['intended-uses'], 2048),
      factors_affecting_model_efficiency: cut(card.caveats.map(english).join('\n'), 2048),
      risk_rating: 'Unknown',
    },
    training_details: {
      training_observations: cut(rows.join('\n'), 1024),
      training_job_details: {
        training_datasets: [cut(`${training.document}#${data.hash}`, 1024)],
        user_provided_training_metrics: training.figures.filter(finite).map(fact => ({
          name: cut(fact.name, 255),
          value: fact.value,
          notes: notes(fact),
        })),
      },
    },
    evaluation_details: evaluation.figures.length
      ? [
          {
            name: cut(english(evaluation.title || 'Evaluation'), 63),
            metric_groups: [{name: 'metrics', metric_data: evaluation.figures.map(metric)}],
          },
        ]
      : [],
    additional_information: {
      ethical_considerations: cut(texts.ethics, 2048),
      caveats_and_recommendations: cut(
        [texts.limitations, texts['out-of-scope']].filter(Boolean).join('\n\n'),
        2048,
      ),
      custom_details: Object.fromEntries(
        Object.entries({
          run: training.run,
          document: training.document,
          cell: training.cell,
          engine: training.engine,
          seed: String(training.seed),
          data: data.hash,
          parameters: JSON.stringify(training.params),
          software: JSON.stringify(training.software),
        }).map(([name, value]) => [name, cut(value, 1024)]),
      ),
    },
  }) as Limited
}

const finite = ({value}: Fact) => Number.isFinite(value)

const metric = (fact: Fact) => ({
  name: cut(fact.name, 255),
  type: finite(fact) ? 'number' : 'string',
  value: finite(fact) ? fact.value : String(fact.value),
  notes: notes(fact),
})

const notes = ({low, high, evidence: {run, data}}: Fact) =>
  cut(
    [
      low !== undefined && high !== undefined && `95% interval ${low} to ${high}`,
      run && `run ${run}`,
      data && `training rows ${data}`,
    ]
      .filter(Boolean)
      .join('; '),
    1024,
  )

const cut = (text: string | undefined, most: number) =>
  text && text.length > most ? `${text.slice(0, most - 1)}…` : text

// Nothing that is empty: the schema has no nulls, and an empty text says nothing.
function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, v]) => v !== undefined && v !== '')
  return Object.fromEntries(kept.map(([name, v]) => [name, clean(v)]))
}
