"""Our client, as a loader to compare."""

import captionary


class Ours:
    """Pulls from the service, with the client's own defaults but for what is kept."""

    def __init__(
        self, exported, layer, size, order, encoding, service, preparation, keep_photos=None
    ):
        client = captionary.Client(service["url"], service["token"])
        self.batches = captionary.Batches(
            client,
            preparation,
            layer=layer,
            size=size,
            shuffle=order,
            encoding=encoding,
            keep_photos=keep_photos,
        )

    def epoch(self, number):
        self.batches.set_epoch(number)
        for batch in self.batches:
            yield batch["photos"], batch["photo_index"], batch["sequences"], batch["targets"]
