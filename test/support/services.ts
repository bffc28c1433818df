import type { Service } from '../../server/config/schema.ts';
import { demoConfig } from './server.ts';

/** The services of the demo, one of them with other settings. */
export async function servicesWith(id: string, more: Partial<Service>): Promise<Service[]> {
  const { services } = await demoConfig();
  return services.map((service) => (service.id === id ? { ...service, ...more } : service));
}
