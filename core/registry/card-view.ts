// A version's card as it is looked at: with the word of its runs as they are now.
import {AppError, toFault} from '../error.ts'
import type {Runs} from '../history/runs.ts'
import type {Card, Fact, Stale} from '../schema/card.ts'
import type {Run} from '../schema/run.ts'
import {says} from '../words/says.ts'
import {type Now, staleFigures} from './card.ts'
import {cardMarkdown} from './card-markdown.ts'
import type {CardLanguage} from './card-words.ts'
import type {Registry} from './registry.ts'

export type CardView = {markdown: string; card: Card; stale: {fact: Fact; reason: Stale}[]}

/** @throws AppError `unknown-name`; `missing-file` for a version without a card */
export async function cardView(
  registry: Registry,
  runs: Runs,
  {name, version, language}: {name: string; version: number; language: CardLanguage},
): Promise<CardView> {
  const {versions} = await registry.get(name)
  const registered = await registry.version(name, version)
  const card = await registry.card(registered)
  if (!card)
    throw new AppError('missing-file', says`${name} ${version} has no card`, {
      hint: says`register the model again`,
    })
  const now = await nowOf(card, runs)
  return {
    markdown: cardMarkdown(card, {language, now, versions}),
    card,
    stale: staleFigures(card, now),
  }
}

/** Which runs the card rests on are still there, and what they say. */
async function nowOf({data, training, evaluation}: Card, runs: Runs): Promise<Now> {
  const facts = [...data.rows, ...training.figures, ...evaluation.figures]
  const ids = new Set(facts.flatMap(({evidence}) => evidence.run ?? []))
  const known = new Map<string, Run>()
  for (const id of ids) {
    const run = await runs.get(id).catch(error => {
      if (toFault(error).code === 'unknown-name') return undefined
      throw error
    })
    if (run) known.set(id, run)
  }
  return {run: id => known.get(id)}
}
