/** Why something did not happen, as a sentence: of a refusal the part after its colon, which says it for whoever tried. */
export function reasonOf(message: string): string {
  const reason = message.slice(message.indexOf(': ') + 1).trim();
  return `${reason[0]?.toUpperCase() ?? ''}${reason.slice(1)}`;
}
