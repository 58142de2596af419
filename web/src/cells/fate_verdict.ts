/** What a change of a fate means, as `cellmnn perturb --fates` says it. */
export function fateVerdict(change: number, p: number, control: number): string {
  if (p >= 0.05) return 'no more than similar genes'
  return change > 0 === control > 0 ? 'cannot tell from expression alone' : 'against expression alone'
}
