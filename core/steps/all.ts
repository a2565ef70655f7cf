// Every step, one line each, in alphabetical order.
export {drop} from './drop.ts'
export {oneHot} from './one-hot.ts'
export {rename} from './rename.ts'
export {reorder} from './reorder.ts'
export {select} from './select.ts'
