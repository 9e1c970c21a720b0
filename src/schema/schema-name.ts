/** The definitions that the language has a schema for. */
export type SchemaName = 'team' | 'role' | 'scenario' | 'target';
