import { z } from 'zod';
import { ask } from './people.ts';

interface Shape {
  readonly $ref?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, Shape>> | undefined;
}

const shape: z.ZodType<Shape> = z.lazy(() =>
  z.looseObject({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    properties: z.record(z.string(), shape).optional(),
  }),
);

const documentShape = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        security: z.array(z.looseObject({})).optional(),
        parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).optional(),
        responses: z.record(
          z.string(),
          z.looseObject({
            content: z.record(z.string(), z.looseObject({ schema: shape })).optional(),
          }),
        ),
      }),
    ),
  ),
  components: z.object({ schemas: z.record(z.string(), shape) }),
});

/** A route as the API describes it. */
export interface Described {
  /** For whoever asks, signed in or not. */
  readonly open: boolean;
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly string[];
  readonly answer: Shape;
}

export function isList({ type }: Shape): boolean {
  return type === 'array';
}

/** An empty requirement among others says that one may ask without any of them. */
function isOpen(security: readonly object[] | undefined): boolean {
  return security?.some((one) => Object.keys(one).length === 0) ?? true;
}

/** Every route as `/openapi.json` describes it. */
export async function describedRoutes(url: string): Promise<readonly Described[]> {
  const document = documentShape.parse((await ask(url, '/openapi.json')).body);
  const named = (given: Shape | undefined): Shape => {
    const name = given?.$ref?.split('/').at(-1);
    return (name === undefined ? given : document.components.schemas[name]) ?? {};
  };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([name, { parameters = [], responses, security }]) => {
      const done = Object.entries(responses).find(([status]) => status.startsWith('2'));
      const method = name.toUpperCase();
      return {
        ...{ route: `${method} ${path}`, method, path, open: isOpen(security) },
        parameters: parameters.map((one) => `${one.in} ${one.name}`),
        answer: named(done?.[1].content?.['application/json']?.schema),
      };
    }),
  );
}
