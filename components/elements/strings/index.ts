type Variables<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Variables<Rest> : never;
type Arguments<T> = [Variables<T>] extends [never] ? [] : [variables: Record<Variables<T>, string | number>];

/** Looks up a text of section `S` and fills its variables: `t('waitingFor', { name })`. */
export type Translate<S> = <K extends keyof S & string>(key: K, ...variables: Arguments<S[K]>) => string;

/**
 * Makes the `t` of one section of the catalogue. A section is a module of its own, so the visitor's bundle carries no
 * agent's strings.
 */
export const translator =
  <const S extends Readonly<Record<string, string>>>(section: S): Translate<S> =>
  (key, ...[variables]) => {
    const text = section[key] ?? key;
    const values: Readonly<Record<string, string | number>> | undefined = variables;
    return values ? text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])) : text;
  };
