// Accuracy: the share of rows that are classified rightly.
import type {Sums} from './confusion.ts'

/** Σ right / Σ rows. With one label a row it equals micro-averaged precision, recall and F1. */
export const accuracy = ({right, total}: Sums) => right.reduce((a, b) => a + b, 0) / total
