// Scrolling through more rows than an element can be tall, by a scroll bar that stands for them.

/**
 * Chromium's tallest element is about 33.5 million px; up to this height a scroll position is exact to half a
 * pixel (it is a float).
 */
const tallest = 8_000_000
/** At both ends a pixel of the bar is a pixel of the table, so that the first and the last rows are met exactly. */
const edge = 1_000_000

/** In px: all rows, and what of them is seen at once. */
export type Extent = {content: number; view: number}
/** Where the bar stands, and which px of the rows is at the top of the view. */
export type Standing = {bar: number; place: number}

/** How tall the element is that stands for the rows. */
export const spacerOf = (content: number) => Math.min(content, tallest)

const farthest = ({content, view}: Extent) => Math.max(0, content - view)
export const within = (place: number, extent: Extent) =>
  Math.min(farthest(extent), Math.max(0, place))

/** Where the bar belongs for a place. */
export function barOf(place: number, extent: Extent): number {
  const last = farthest(extent)
  const lastBar = Math.max(0, spacerOf(extent.content) - extent.view)
  if (extent.content <= tallest || place <= edge) return place
  if (place >= last - edge) return lastBar - (last - place)
  return edge + ((place - edge) / (last - 2 * edge)) * (lastBar - 2 * edge)
}

/** The place that the bar stands for. */
export function placeOf(bar: number, extent: Extent): number {
  const last = farthest(extent)
  const lastBar = Math.max(0, spacerOf(extent.content) - extent.view)
  if (extent.content <= tallest || bar <= edge) return within(bar, extent)
  if (bar >= lastBar - edge) return within(last - (lastBar - bar), extent)
  return edge + ((bar - edge) / (lastBar - 2 * edge)) * (last - 2 * edge)
}

/**
 * After the bar moved. A small step (wheel, touch, a click beside the thumb) moves the rows by as much; a large
 * one is a jump to what the bar stands for. Small steps leave the bar beside its place: anchor it when they end.
 */
export function scrolled(from: Standing, bar: number, extent: Extent): Standing {
  const step = bar - from.bar
  const lastBar = spacerOf(extent.content) - extent.view
  const atEnd = bar <= 0 || bar >= lastBar - 0.5
  if (extent.content <= tallest || atEnd || Math.abs(step) > 4 * extent.view)
    return {bar, place: placeOf(bar, extent)}
  return {bar, place: within(from.place + step, extent)}
}
