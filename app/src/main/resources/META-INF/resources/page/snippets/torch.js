import { batches, fetchClient, install, text } from "./batches.js";

/** A DataLoader of dicts of tensors. */
export function torch(asked) {
  return {
    shell: [...install("numpy", "torch"), fetchClient(asked.url)],
    file: "pull.py",
    text: `import captionary

if __name__ == "__main__":  # workers are processes of their own
    client = captionary.Client(${text(asked.url)})  # the token: CAPTIONARY_TOKEN
${batches(asked).replace(/^/gm, "    ")}
    loader = captionary.torch_loader(batches, num_workers=2)

    for batch in loader:  # the rest of the epoch; the next loop is the next one
        batch = captionary.expand(batch)  # a row of photos for each example
        print({name: tuple(tensor.shape) for name, tensor in batch.items()})
        state = batches.state_dict()  # keep it with the weights, to resume here
        break
`,
    run: "python3 pull.py",
  };
}
