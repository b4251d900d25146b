/**
 * A command for what a page is about, as a person types it.
 * @param words `schedules run NAME`
 * @param stack that the page shows; undefined for this machine
 */
export function commandText(words: string, stack: string | undefined): string {
  const onStack = stack === undefined ? '' : ` --stack ${stack}`;
  return `npm run -s cicd -- ${words}${onStack}`;
}
