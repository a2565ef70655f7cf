// What DuckDB says most, as sentences that other languages have words for.
import {heard, type Phrase, says} from './says.ts'

const known = [
  says`Referenced column "${''}" not found in FROM clause!`,
  says`Referenced table "${''}" not found!`,
  says`Table "${''}" does not have a column named "${''}"`,
  says`Table with name ${''} does not exist!`,
  says`Scalar Function with name ${''} does not exist!`,
  says`No function matches the given name and argument types '${''}'. You might need to add explicit type casts.`,
  says`Ambiguous reference to column name "${''}" (use: "${''}" or "${''}")`,
  says`column "${''}" must appear in the GROUP BY clause or must be part of an aggregate function.`,
  says`aggregate function calls cannot be nested`,
  says`WHERE clause cannot contain aggregates!`,
  says`WHERE clause cannot contain window functions!`,
  says`Set operations can only apply to expressions with the same number of result columns`,
  says`More than one row returned by a subquery used as an expression - scalar subqueries can only return a single row.`,
  says`Could not convert string '${''}' to ${''} when casting from source column ${''}`,
  says`Could not convert string '${''}' to ${''}`,
  says`Unimplemented type for cast (${''} -> ${''}) when casting from source column ${''}`,
  says`Could not parse string "${''}" according to format specifier "${''}"`,
  says`Out of Range Error: Overflow in ${''} of ${''} (${''})!`,
  says`syntax error at end of input`,
  says`syntax error at or near "${''}"`,
  says`unterminated quoted string at or near "${''}"`,
  says`unterminated quoted identifier at or near "${''}"`,
  // What a cast step says through DuckDB.
  says`cannot read '${''}' in column "${''}" as ${''}`,
]

/** A message of DuckDB, without the kind of error before it. */
export const duckdbWords = (message: string): Phrase => heard(message, known)
