// Runs WHO_SM.cql over case sheets (JSON lines) with the CQL reference engine and times it.
//
//   node run.mjs SHEETS.jsonl [--out VERDICTS.jsonl] [--repeat 5] [--rows N] [--elm FILE]
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
  if (problems.length) throw new Error(`WHO_SM.cql does not translate: ${problems.join("; ")}`);
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
  const given = { sheets: null, out: null, repeat: 5, rows: Infinity, elm: null };
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === "--out") given.out = argv[++i];
    else if (argv[i] === "--elm") given.elm = argv[++i];
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
const elm = translate(join(HERE, "WHO_SM.cql"));
if (given.elm) writeFileSync(given.elm, JSON.stringify(elm, null, 1));
const library = new cql.Library(elm);
const elements = elm.library.parameters.def[0].parameterTypeSpecifier.element.map((e) => ({
  name: e.name,
  kind: (e.elementType ?? e.type).name.replace(/^.*}/, ""),
}));
const lines = readFileSync(given.sheets, "utf8").split("\n").filter((line) => line.trim());
const sheets = lines.slice(0, given.rows).map((line) => JSON.parse(line));
const parameters = sheets.map((sheet) => ({ Sheet: parameter(sheet.sheet ?? sheet, elements) }));
const nobody = new cql.PatientSource([]);
const executor = new cql.Executor(library);

let verdicts = [];
const rates = [];
for (let pass = 0; pass < given.repeat; pass++) {
  verdicts = [];
  const start = performance.now();
  for (const one of parameters) {
    const results = await executor.withParameters(one).exec(nobody);
    verdicts.push(results.unfilteredResults[TARGET]);
  }
  rates.push((1000 * sheets.length) / (performance.now() - start));
}
if (given.out) writeFileSync(given.out, verdicts.map((v) => JSON.stringify(v ?? null)).join("\n") + "\n");
const count = { true: 0, false: 0, null: 0 };
for (const v of verdicts) count[String(v ?? null)]++;
console.log(
  JSON.stringify({
    persons: sheets.length,
    repeats: given.repeat,
    persons_per_second: Math.round(median(rates)),
    verdicts: count,
    versions: { "cql-execution": "3.3.2", "@cqframework/cql": "5.3.0", node: process.versions.node },
  }),
);
