import { scenesIn } from '../scenes.ts';

await scenesIn(import.meta.dirname ?? '.');
