// Every step, one line each, in alphabetical order.
export {drop} from './drop.ts'
export {impute} from './impute.ts'
export {oneHot} from './one-hot.ts'
export {rename} from './rename.ts'
export {reorder} from './reorder.ts'
export {scale} from './scale.ts'
export {select} from './select.ts'
