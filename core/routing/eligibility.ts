/** What routing looks at in a service. */
export interface RoutedService {
  readonly id: string;
  readonly tags: readonly string[];
  /** BCP 47 tag an agent must speak; null: any. */
  readonly requiredLanguage: string | null;
}

/** What routing looks at in an agent. */
export interface RoutedAgent {
  readonly id: string;
  readonly tags: readonly string[];
  readonly languages: readonly string[];
  /** Contacts at once. */
  readonly limit: number;
}

/** Whether a contact of the service may be offered to the agent: every tag matches, and the language where asked for. */
export function isEligible(agent: RoutedAgent, service: RoutedService): boolean {
  if (!service.tags.every((tag) => agent.tags.includes(tag))) return false;
  const wanted = service.requiredLanguage;
  return wanted === null || agent.languages.some((spoken) => baseOf(spoken) === baseOf(wanted));
}

const baseOf = (language: string): string => language.toLowerCase().split('-')[0] ?? '';
