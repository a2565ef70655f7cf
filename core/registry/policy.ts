// What a version needs before it may go to production.
import {AppError} from '../error.ts'
import type {ModelVersion} from '../schema/registry.ts'

export type Policy = {
  /** How many people must have approved, with nobody's rejection standing. */
  approvals: number
}

/** One approval, as in most teams of one or two. */
export const defaultPolicy: Policy = {approvals: 1}

/** Throws `refused` when a version may not go to production, with what is missing. */
export function checkApproval(version: ModelVersion, {approvals}: Policy): void {
  const name = `${version.model} version ${version.version}`
  const rejection = version.verdicts.find(v => !v.approved)
  if (rejection)
    throw new AppError(
      'refused',
      `${name} was rejected by ${rejection.by.name}${rejection.why ? `: ${rejection.why}` : ''}`,
      {hint: 'have it approved by the same person, or override with a reason'},
    )
  const given = version.verdicts.length
  if (given < approvals)
    throw new AppError(
      'refused',
      `${name} has ${given} of the ${approvals} approval${approvals === 1 ? '' : 's'} that production needs`,
      {hint: 'approve it first, or override with a reason, which is kept in the audit log'},
    )
}
