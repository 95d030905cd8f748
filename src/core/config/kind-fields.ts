import type { Field as KindField } from "#core/targets/fields.ts";
import type { EventForm } from "#core/targets/target.ts";
import type { TargetKind } from "#core/targets/target-kind.ts";
import { type Field, optional, required, withDefault } from "./object.ts";
import { choice, line, url } from "./scalar.ts";
import { ok, refuse, type Shape } from "./shape.ts";
import { oneOf } from "./suggest.ts";

function shapeOf(field: KindField): Shape<string> {
  if (field.type === "choice") return choice(...(field.choices ?? []));
  return field.type === "url" ? url(field.example) : line(`text such as "${field.example}"`, field.example);
}

/** The fields that a kind adds to those of every target, as it describes them itself. */
export function ownFields(kind: TargetKind): Readonly<Record<string, Field<string | null>>> {
  return Object.fromEntries(
    kind.fields.map((field) => {
      const make = field.required ? required : optional;
      return [field.name, make(shapeOf(field), field.description)];
    }),
  );
}

/** The reference echo function behind the target; a kind without event forms has no such field. */
export const echoField = ({ events }: TargetKind): Field<EventForm | true | null> =>
  withDefault<EventForm | true | null>(
    {
      schema: { enum: [true, false, ...events] },
      read(input, path) {
        const form = events.find((one) => one === input);
        if (form !== undefined || input === true) return ok(form ?? true);
        return input === false ? ok(null) : refuse(path, `true, false or the event's form, ${oneOf(events)}`);
      },
    },
    null,
    "Whether pathproof's reference echo function answers behind it, and which event it is given.",
  );
