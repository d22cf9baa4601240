// Cutting a program into a row of scripts changes nothing of what it does: checked against random programs that
// hold everything a careless cut would tear.
import { createContext, Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitScript } from '../../engines/split-script.ts';

const statement = fc.oneof(
  fc.integer().map((value) => `log(${value});`),
  fc.nat(9).map((index) => `var a${index}=${index};log(typeof a${index});`),
  fc
    .nat(9)
    .map((index) => `function f${index}(){var inner=${index};function deep(){return inner}return deep()}`),
  fc.nat(9).map((index) => `log(typeof f${index});`),
  fc.constant('if(true){log("{;function x(){}")}else log("}var ");'),
  fc.constant('for(var i=0;i<2;i++){log(i);}'),
  fc.constant('log("class A{};let b=1;");'),
  fc.constant('log(`text;function {}var `);'),
);

function run(scripts: readonly string[]): unknown[] {
  const seen: unknown[] = [];
  const context = createContext({ log: (value: unknown) => seen.push(value) });
  for (const script of scripts) new Script(script).runInContext(context);
  return seen;
}

describe('splitting a script', () => {
  it('loses and adds nothing', () => {
    fc.assert(
      fc.property(fc.array(statement), fc.integer({ min: 1, max: 200 }), (statements, partBytes) => {
        const script = statements.join('');
        expect(splitScript(script, partBytes).join('')).toBe(script);
      }),
    );
  });

  it('gives parts that do, one after another, what the whole does', () => {
    // A function declared in a later part is not known earlier, so it is declared before its first use here.
    const known = Array.from({ length: 10 }, (_, index) => `function f${index}(){return ${index}}`).join('');
    fc.assert(
      fc.property(fc.array(statement), fc.integer({ min: 1, max: 200 }), (statements, partBytes) => {
        const script = known + statements.join('');
        expect(run(splitScript(script, partBytes))).toEqual(run([script]));
      }),
    );
  });

  it('does not cut inside a function, a class, a text or a template', () => {
    const script =
      'class A{a(){;}b(){var x=1;let y;}}var t="};function ";let u=`;var `;function f(){;var z;}';
    expect(splitScript(script, 1)).toEqual([
      'class A{a(){;}b(){var x=1;let y;}}',
      'var t="};function ";',
      'let u=`;var `;',
      'function f(){;var z;}',
    ]);
  });
});
