import type { Learner } from './accounts';
import { operate } from './server';

/** How many answers of this person the database holds: as they arrived, and as they count. */
export function storedAnswers(learner: Learner): { arrived: number; counted: number } {
  const ofLearner = `join attempts a using (org_id, attempt_id) join accounts p using (account_id) where p.name_key = '${learner.name}'`;
  const count = (table: string, condition: string) =>
    Number(operate('database', '--', 'psql', '-X', '-At', '-c', `select count(*) from ${table} ${ofLearner} ${condition}`));
  return { arrived: count('responses', ''), counted: count('attempt_items', 'and chosen is not null') };
}
