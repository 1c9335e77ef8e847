// The interpreter of rules in the browser against the program: random forms and values that the tests of the program wrote down with their judgement.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runInThisContext } from 'node:vm';
import { PROGRAM } from '../server.js';

const SCRIPT = fileURLToPath(new URL('../../crates/platform/assets/rules.js', import.meta.url));
const CASES = join(dirname(PROGRAM), '..', 'tmp', 'rules.json');

runInThisContext(readFileSync(SCRIPT, 'utf8'), { filename: SCRIPT });
const rules = globalThis.lantoaRules;

// What JSON keeps of it.
const kept = (value) => JSON.parse(JSON.stringify(value ?? null));

test('the interpreter is small', () => assert.ok(statSync(SCRIPT).size < 10_000, `${statSync(SCRIPT).size} bytes`));

test('the browser judges thousands of random forms as the program does', () => {
  assert.ok(existsSync(CASES), `no ${CASES}: run \`cargo nextest run -p app --test it rules\` first`);
  const forms = JSON.parse(readFileSync(CASES, 'utf8'));
  let cases = 0;
  for (const { form, cases: sets } of forms) {
    for (const one of sets) {
      const where = JSON.stringify({ form, prev: one.prev, others: one.others, typed: one.typed }, (_, value) => (value?.length > 1000 ? 'dài' : value));
      const values = rules.compute(form, one.typed, one);
      assert.deepEqual(kept(values), one.values, where);
      assert.deepEqual(rules.findings(form, values, one), one.findings, where);
      for (const cell of form.cells.filter((c) => c.key in one.wrong)) {
        const [reason, message] = one.wrong[cell.key];
        assert.equal(rules.wrong(cell, one.typed[cell.key], one.auto[cell.key], reason) ?? null, message, where);
      }
      const [key, text, choice, expected] = one.read;
      const found = rules.read(form.cells.find((cell) => cell.key === key), text, choice);
      assert.deepEqual('error' in found ? found : { value: kept(found.value) }, expected, JSON.stringify(text));
      for (const [number, plain, tenth] of one.shown) {
        assert.equal(rules.display(number), plain, String(number));
        assert.equal(rules.shown('ratio', number), tenth, String(number));
      }
      cases += 1;
    }
  }
  assert.ok(cases >= 4000, `${cases} cases`);
});
