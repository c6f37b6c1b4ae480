import { batches, fetchClient, install, text } from "./batches.js";

/** Batches as numpy arrays. */
export function python(asked) {
  return {
    shell: [...install("numpy"), fetchClient(asked.url)],
    file: "pull.py",
    text: `import captionary

client = captionary.Client(${text(asked.url)})  # the token: CAPTIONARY_TOKEN
${batches(asked)}

for batch in batches:  # an epoch; the next loop is the next one
    print({name: array.shape for name, array in batch.items()})
    state = batches.state_dict()  # keep it with the weights, to resume here
    break
`,
    run: "python3 pull.py",
  };
}
