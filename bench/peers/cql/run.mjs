// Runs WHO_SM.cql over case sheets (JSON lines) with the CQL reference engine and times it, called in three ways:
//   all   every definition of WHO_SM.cql for one person at a time (the engine's ordinary call)
//   one   only the verdict of WHO_SM.cql for one person at a time
//   list  WHO_SM_list.cql, one query over all persons
// The verdicts of the three must be the same, or nothing is reported.
//
//   node run.mjs SHEETS.jsonl [--out VERDICTS.jsonl] [--repeat 5] [--rows N]
//
// Translation, start-up, reading the file and shaping the parameters are not timed: only the engine is.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import {
  CqlTranslator,
  LibraryManager,
  ModelManager,
  createModelInfoProvider,
  stringAsSource,
} from "@cqframework/cql/cql-to-elm";

const cql = createRequire(import.meta.url)("cql-execution");
const HERE = dirname(fileURLToPath(import.meta.url));
const TARGET = "Systemic mastocytosis";

// The translator's package leaves out the description of CQL's own types. The specification names them, so they are
// written out here, no more of them than the translator asks for.
function systemTypes() {
  const plain = ["Boolean", "Integer", "Long", "Decimal", "String", "Date", "DateTime", "Time"];
  const shaped = {
    Quantity: { value: "Decimal", unit: "String" },
    Ratio: { numerator: "Quantity", denominator: "Quantity" },
    Code: { code: "String", system: "String", version: "String", display: "String" },
    Concept: { codes: ["Code"], display: "String" },
    Vocabulary: { id: "String", version: "String", name: "String" },
  };
  const derived = ["CodeSystem", "ValueSet"];
  const element = ([name, type]) =>
    Array.isArray(type)
      ? `<element name="${name}"><elementTypeSpecifier xsi:type="ListTypeSpecifier" elementType="System.${type[0]}"/></element>`
      : `<element name="${name}" elementType="System.${type}"/>`;
  return [
    `<modelInfo xmlns="urn:hl7-org:elm-modelinfo:r1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`,
    ` name="System" version="1.0.0" url="urn:hl7-org:elm-types:r1" targetQualifier="system">`,
    `<typeInfo xsi:type="SimpleTypeInfo" name="System.Any"/>`,
    ...plain.map((name) => `<typeInfo xsi:type="SimpleTypeInfo" name="System.${name}" baseType="System.Any"/>`),
    ...Object.entries(shaped).map(
      ([name, fields]) =>
        `<typeInfo xsi:type="ClassInfo" name="System.${name}" baseType="System.Any">` +
        Object.entries(fields).map(element).join("") +
        `</typeInfo>`,
    ),
    ...derived.map((name) => `<typeInfo xsi:type="ClassInfo" name="System.${name}" baseType="System.Vocabulary"/>`),
    `</modelInfo>`,
  ].join("\n");
}

function translate(path) {
  const models = new ModelManager();
  models.modelInfoLoader.registerModelInfoProvider(
    createModelInfoProvider((name) => (name === "System" ? stringAsSource(systemTypes()) : null)),
  );
  const translator = CqlTranslator.fromText(readFileSync(path, "utf8"), new LibraryManager(models));
  const problems = translator.errors.asJsReadonlyArrayView().map((e) => e.message);
  if (problems.length) throw new Error(`${path} does not translate: ${problems.join("; ")}`);
  return JSON.parse(translator.toJson());
}

// A sheet value as CQL sees it. An open bound is the next value CQL can tell apart, as in its open intervals.
const STEP = { Decimal: 1e-8, Integer: 1 };
function bounds(value, step) {
  if (value === undefined || value === null) return [null, null];
  if (typeof value === "number") return [value, value];
  const [, sign, digits] = /^(>=|<=|>|<)\s*(.+)$/.exec(value);
  const limit = Number(digits);
  if (sign === ">=") return [limit, null];
  if (sign === ">") return [limit + step, null];
  if (sign === "<=") return [null, limit];
  return [null, limit - step];
}

function parameter(sheet, elements) {
  const tuple = {};
  for (const { name, kind } of elements) {
    const pair = /^(.*)_(low|high)$/.exec(name);
    if (kind in STEP) tuple[name] = bounds(sheet[pair[1]], STEP[kind])[pair[2] === "low" ? 0 : 1];
    else if (kind === "String") tuple[name] = sheet[name] === undefined || sheet[name] === null ? null : String(sheet[name]);
    else tuple[name] = sheet[name] ?? null;
  }
  return tuple;
}

function options(argv) {
  const given = { sheets: null, out: null, repeat: 5, rows: Infinity };
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === "--out") given.out = argv[++i];
    else if (argv[i] === "--repeat") given.repeat = Number(argv[++i]);
    else if (argv[i] === "--rows") given.rows = Number(argv[++i]);
    else given.sheets = argv[i];
  }
  if (!given.sheets) throw new Error("name a file of case sheets, one JSON object a line");
  return given;
}

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const given = options(process.argv.slice(2));
const library = new cql.Library(translate(join(HERE, "WHO_SM.cql")));
const listLibrary = new cql.Library(translate(join(HERE, "WHO_SM_list.cql")));
const elements = library.source.library.parameters.def[0].parameterTypeSpecifier.element.map((e) => ({
  name: e.name,
  kind: (e.elementType ?? e.type).name.replace(/^.*}/, ""),
}));
const lines = readFileSync(given.sheets, "utf8").split("\n").filter((line) => line.trim());
const sheets = lines.slice(0, given.rows).map((line) => JSON.parse(line));
const tuples = sheets.map((line) => parameter(line.sheet ?? line, elements));

// `exec_expression` evaluates once a patient, so it needs one: with an empty source it returns nothing, very quickly.
const nobody = new cql.PatientSource([]);
const somebody = () => new cql.PatientSource([{ id: "1", recordType: "Patient" }]);

async function each(evaluate) {
  const verdicts = [];
  for (const Sheet of tuples) verdicts.push(await evaluate({ Sheet }));
  return verdicts;
}

const executor = new cql.Executor(library);
const forms = {
  all: () => each(async (p) => (await executor.withParameters(p).exec(nobody)).unfilteredResults[TARGET]),
  one: () =>
    each(async (p) => (await executor.withParameters(p).exec_expression(TARGET, somebody())).patientResults["1"][TARGET]),
  list: async () =>
    (await new cql.Executor(listLibrary).withParameters({ Sheets: tuples }).exec(nobody)).unfilteredResults[TARGET],
};

let agreed = null;
const rates = {};
for (const [name, run] of Object.entries(forms)) {
  const passes = [];
  for (let pass = 0; pass < given.repeat; pass++) {
    const start = performance.now();
    const verdicts = await run();
    passes.push((1000 * tuples.length) / (performance.now() - start));
    // undefined is "not evaluated", not "unknown": it must never pass for a verdict.
    if (verdicts.length !== tuples.length || verdicts.some((v) => v === undefined))
      throw new Error(`form "${name}" did not give a verdict for every person`);
    const text = verdicts.map((v) => JSON.stringify(v)).join("\n");
    if (agreed !== null && text !== agreed) throw new Error(`form "${name}" gives other verdicts than the first form`);
    agreed = text;
  }
  rates[name] = Math.round(median(passes));
}
if (given.out) writeFileSync(given.out, agreed + "\n");
const count = { true: 0, false: 0, null: 0 };
for (const v of agreed.split("\n")) count[v]++;
const { dependencies } = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8"));
console.log(
  JSON.stringify({
    persons: tuples.length,
    repeats: given.repeat,
    persons_per_second: rates,
    verdicts: count,
    versions: { ...dependencies, node: process.versions.node },
  }),
);
