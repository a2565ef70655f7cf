// What flows along an edge, by shape and colour; the word stands beside it or is read out.
import type {Port} from '../../core/schema/value.ts'
import css from './port-shape.module.css'

/** In a box of 12 × 12. A split is a table with a cut through it. */
const paths: Record<Port, string> = {
  table: 'M1.5 1.5h9v9h-9z',
  split: 'M1.5 1.5h3.4v9h-3.4zM7.1 1.5h3.4v9h-3.4z',
  model: 'M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z',
  report: 'M6 1.2l5.2 9.4h-10.4z',
  version: 'M6 .6l5.4 5.4l-5.4 5.4l-5.4-5.4z',
  bundle: 'M3.3 1.2h5.4l2.7 4.8l-2.7 4.8h-5.4l-2.7-4.8z',
}

/** Decoration: say the port's name in words beside it. `filled`: something is connected. */
export function PortShape({port, filled = true}: {port: Port; filled?: boolean}) {
  return (
    <svg
      viewBox="0 0 12 12"
      width="12"
      height="12"
      aria-hidden
      className={css.shape}
      data-port={port}
      data-filled={filled || undefined}
    >
      <path d={paths[port]} />
    </svg>
  )
}
