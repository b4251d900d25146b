/** What any function costs: the runtime itself. */
export async function handler(): Promise<{ statusCode: number }> {
  return { statusCode: 202 };
}
