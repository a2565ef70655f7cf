// What a version needs before it may go to production.
import {AppError} from '../error.ts'
import type {ModelVersion} from '../schema/registry.ts'
import {says} from '../words/says.ts'

export type Policy = {
  /** How many people must have approved, with nobody's rejection standing. */
  approvals: number
}

/** One approval, as in most teams of one or two. */
export const defaultPolicy: Policy = {approvals: 1}

/** Throws `refused` when a version may not go to production, with what is missing. */
export function checkApproval(version: ModelVersion, {approvals}: Policy): void {
  const name = says`${version.model} version ${version.version}`
  const rejection = version.verdicts.find(v => !v.approved)
  if (rejection)
    throw new AppError(
      'refused',
      rejection.why
        ? says`${name} was rejected by ${rejection.by.name}: ${rejection.why}`
        : says`${name} was rejected by ${rejection.by.name}`,
      {hint: says`have it approved by the same person, or override with a reason`},
    )
  const given = version.verdicts.length
  if (given < approvals)
    throw new AppError(
      'refused',
      approvals === 1
        ? says`${name} has ${given} of the 1 approval that production needs`
        : says`${name} has ${given} of the ${approvals} approvals that production needs`,
      {hint: says`approve it first, or override with a reason, which is kept in the audit log`},
    )
}
