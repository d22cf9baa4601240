// Cuts a script into a row of scripts that do the same when they are run one after another in one global scope.
// It cuts only before a declaration and only where everything before the cut parses on its own, so no statement
// is ever torn or joined differently.
import { Script } from 'node:vm';

const beforeDeclaration = /[;}\n](?=(?:function|class|var|let|const|async function)\b)/g;

function parses(text: string): boolean {
  try {
    new Script(text);
    return true;
  } catch {
    return false;
  }
}

/** @param partBytes each part is at least this long and ends at the next possible cut */
export function splitScript(script: string, partBytes: number): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const match of script.matchAll(beforeDeclaration)) {
    const end = match.index + 1;
    if (end - start < partBytes || !parses(script.slice(start, end))) continue;
    parts.push(script.slice(start, end));
    start = end;
  }
  parts.push(script.slice(start));
  return parts;
}
