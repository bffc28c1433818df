/** A screen of its own that nobody looks at, for a browser that is to have a window and something to share. */
export interface Screen extends AsyncDisposable {
  /** What the environment of a browser says of it. */
  readonly env: Record<string, string>;
}

/** Pixels. */
const SCREEN = { width: 1280, height: 800 };

export async function startScreen(): Promise<Screen> {
  const server = new Deno.Command('Xvfb', {
    args: ['-displayfd', '1', '-screen', '0', `${SCREEN.width}x${SCREEN.height}x24`, '-nolisten', 'tcp'],
    stdout: 'piped',
    stderr: 'null',
  }).spawn();
  // It says its number once it is there.
  const reader = server.stdout.getReader();
  const { value } = await reader.read();
  return {
    env: { DISPLAY: `:${new TextDecoder().decode(value).trim()}` },
    async [Symbol.asyncDispose]() {
      server.kill();
      await reader.cancel();
      await server.status;
    },
  };
}
