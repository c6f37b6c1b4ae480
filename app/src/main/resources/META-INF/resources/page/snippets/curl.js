/** A batch as a file; its headers tell how many there are and where the next one is. */
export function curl({ url, id, split, size, shuffle, seed, photo, layer }) {
  const query = new URLSearchParams({
    ...(split !== "all" && { split }), size,
    ...(photo !== "features" && { photo }), ...(layer && { layer }),
    ...(shuffle !== "none" && { shuffle, seed, epoch: 0 }),
  });
  const get = `curl -fsS -H "Authorization: Bearer $CAPTIONARY_TOKEN"`;
  const base = `${url}/api/preparations/${id}`;
  return {
    shell: [],
    run: `# The batch, and beside it Batch-Count and the next one's address
${get} -D headers.txt -o 0.npz '${base}/batches/0.npz?${query}'
grep -iE '^(batch-count|link)' headers.txt

# What belongs to it
${get} -o manifest.json '${base}'
${get} -o tokenizer.json '${base}/tokenizer.json'
${get} -o descriptions.txt '${base}/descriptions.txt'`,
  };
}
