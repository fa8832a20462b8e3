/** Every page of the site, as `app/src/routes.rs` names them; `tests/site.spec.ts` compares the two. */
export const ROUTES = [
  '/',
  '/about',
  '/account',
  '/components',
  '/coverage',
  '/exams',
  '/exams/:attempt',
  '/exams/:attempt/:position',
  '/exams/:attempt/result',
  '/exams/:attempt/review',
  '/history',
  '/offline',
  '/practice',
  '/practice/:attempt',
  '/practice/:attempt/:position',
  '/practice/:attempt/result',
  '/reports',
  '/reset/:secret',
  '/sign-in',
  '/sign-up',
  '/tickets',
  '/tickets/:ticket',
  '/tickets/:ticket/debrief',
] as const;

export type Route = (typeof ROUTES)[number];

/** Pages that lead a visitor to sign in first. */
export const SIGNED_IN_ONLY: readonly Route[] = [
  '/account',
  '/coverage',
  '/exams',
  '/exams/:attempt',
  '/exams/:attempt/:position',
  '/exams/:attempt/result',
  '/exams/:attempt/review',
  '/history',
  '/practice',
  '/practice/:attempt',
  '/practice/:attempt/:position',
  '/practice/:attempt/result',
  '/reports',
  '/tickets',
  '/tickets/:ticket',
  '/tickets/:ticket/debrief',
];

/** Pages that send someone who is signed in elsewhere. */
export const SIGNED_OUT_ONLY: readonly Route[] = ['/sign-in', '/sign-up'];

/** A name for the files of a page. */
export function fileName(route: Route): string {
  return route === '/' ? 'home' : route.slice(1).replaceAll(':', '').replaceAll('/', '-');
}
