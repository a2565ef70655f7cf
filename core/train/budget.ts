// How much memory the rows of a training may take.
import type {Session} from '../data/session.ts'
import {sql} from '../data/sql.ts'
import type {TrainJob} from './job.ts'

/** In bytes. */
export type Budget = {
  /** The most that rows may take which are held all at once. */
  rows: number
  /** See `Spool`. */
  block: number
}

// What else there is: DuckDB's own memory while it reads, a copy of the rows where some are held back, the network.
const share = 1 / 4
const shareOfBlock = 1 / 16
/** Larger ones mix the rows no better. The same on machines of all sizes, and so are the bits of a training. */
const largest = 256 * 2 ** 20

/** What a job's rows may take of the memory that DuckDB or the whole process may use, whichever is less. */
export async function budgetOf({memory, budget}: TrainJob, session: Session): Promise<Budget> {
  const [row] = await session.rows(
    sql`select parse_formatted_bytes(current_setting('memory_limit'))::double as bytes`,
  )
  const limit = Math.min(Number(row!.bytes), (memory ?? Number.POSITIVE_INFINITY) * 2 ** 20)
  return {
    rows: limit * share,
    block: Math.min(largest, limit * shareOfBlock),
    ...budget,
  }
}
