import { $ZodArray, $ZodObject, $ZodOptional, $ZodRecord, type $ZodType, $ZodUnion } from "zod/v4/core";

/** Paths of all fields: `caps[].max`, `traits.<>.type`. Lists and maps of plain values end with their own name. */
export const fieldsOf = (schema: $ZodType, path = ""): readonly string[] => {
  if (schema instanceof $ZodOptional) return fieldsOf(schema._zod.def.innerType, path);
  if (schema instanceof $ZodUnion) return schema._zod.def.options.flatMap((option) => fieldsOf(option, path));
  if (schema instanceof $ZodArray) return below(schema._zod.def.element, `${path}[]`, path);
  if (schema instanceof $ZodRecord) return below(schema._zod.def.valueType, `${path}${path && "."}<>`, path);
  if (!(schema instanceof $ZodObject)) return path === "" ? [] : [path];
  const { catchall, shape } = schema._zod.def;
  const others = catchall instanceof $ZodObject ? fieldsOf(catchall, `${path}${path && "."}<>`) : [];
  const members = Object.entries(shape);
  return [
    ...others,
    ...members.flatMap(([name, member]) => fieldsOf(member, `${path}${path && "."}${name}`)),
  ];
};
const below = (inner: $ZodType, innerPath: string, path: string): readonly string[] => {
  const found = fieldsOf(inner, innerPath).filter((field) => field !== innerPath);
  return found.length > 0 ? found : [innerPath === "<>" ? innerPath : path];
};

/** A list or map is documented by its own row, or by those of what it holds. */
export const trunk = (field: string): string => field.replace(/(\[\]|\.<>)+$/, "");
