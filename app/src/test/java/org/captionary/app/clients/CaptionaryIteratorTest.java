package org.captionary.app.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.captionary.app.door.TestTokens.TRAINER;
import static org.captionary.app.door.TestTokens.asTrainer;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.captionary.app.api.Api;
import org.captionary.app.api.SampleLayout;
import org.captionary.app.clients.FaultyServer.Fault;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** The iterator that the service gives out, against the service and against faulty ones. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class CaptionaryIteratorTest {

  private static final String DATASET = "clients";
  private static final int SIZE = 40;
  private static final Path SOURCE = Path.of("src/main/resources" + ServedIterator.ADDRESS);
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String PROBLEM =
      "{\"status\":400,\"detail\":\"size cannot be \\\"0\\\"\",\"field\":\"size\","
          + "\"value\":\"\\u0030\",\"allowed\":[\"a ] and \\\"b\\\"\", \"c\"]}";

  private static String prepared;

  private String id;
  private JsonPath manifest;
  private long count;

  @BeforeEach
  void prepare() throws Exception {
    if (prepared == null) {
      SampleLayout files = SampleLayout.draw(DATASET, 8, 3);
      assertThat(Api.post(Api.DATASETS, files.body(DATASET)).statusCode()).isEqualTo(201);
      prepared = Api.prepare(DATASET, Map.of("captions", "all", "startEnd", true));
    }
    id = prepared;
    manifest = asTrainer().get(Api.PREPARATIONS + id).jsonPath();
    count = (manifest.getLong("servableExamples") + SIZE - 1) / SIZE;
  }

  @Test
  void isGivenOutWithoutAToken() throws Exception {
    assertThat(RestAssured.get(ServedIterator.ADDRESS).asByteArray())
        .isEqualTo(Files.readAllBytes(SOURCE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 50})
  void ranksShareAnEpoch(int worldSize) throws Exception {
    Map<Long, Rows> pulled = new HashMap<>();
    for (int rank = 0; rank < worldSize; rank++) {
      try (ServedIterator batches = open(share(rank, worldSize))) {
        pull(batches, rank, worldSize, Long.MAX_VALUE, 0, pulled);
      }
    }
    assertThat(pulled).isEqualTo(served());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 50})
  void ranksHaveAsManyBatchesEachIfTheUnevenAreDropped(int worldSize) throws Exception {
    for (int rank = 0; rank < worldSize; rank++) {
      Map<String, Object> options = share(rank, worldSize);
      options.put("uneven", "drop");
      Map<Long, Rows> pulled = new HashMap<>();
      try (ServedIterator batches = open(options)) {
        pull(batches, rank, worldSize, Long.MAX_VALUE, 0, pulled);
      }
      assertThat(pulled).hasSize((int) (count / worldSize));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 3", "2, 1, 3", "3, 1, 2", "2, 2, 1"})
  void worldChangesInMidEpoch(int before, int rounds, int after) throws Exception {
    Map<Long, Rows> pulled = new HashMap<>();
    Set<String> states = new HashSet<>();
    for (int rank = 0; rank < before; rank++) {
      try (ServedIterator batches = open(share(rank, before))) {
        pull(batches, rank, before, rounds, 0, pulled);
        states.add(batches.state());
      }
    }
    assertThat(states).containsExactly(state(0, before * rounds));
    for (int rank = 0; rank < after; rank++) {
      try (ServedIterator batches = open(share(rank, after))) {
        batches.resume(state(0, before * rounds));
        pull(batches, rank, after, Long.MAX_VALUE, before * rounds, pulled);
      }
    }
    assertThat(pulled).isEqualTo(served());
  }

  @Test
  void resumesAfterEachNumber() throws Exception {
    Map<Long, Rows> served = served();
    for (long next = 0; next <= count; next++) {
      Map<Long, Rows> pulled = new HashMap<>();
      try (ServedIterator batches = open(share(0, 1))) {
        batches.resume(state(4, next));
        pull(batches, 0, 1, Long.MAX_VALUE, next, pulled);
        assertThat(batches.state()).isEqualTo(state(4, count));
      }
      long from = next;
      Map<Long, Rows> rest = new HashMap<>(served);
      rest.keySet().removeIf(number -> number < from);
      assertThat(pulled).isEqualTo(rest);
    }
  }

  @Test
  void doesNotResumeWhatIsAnothers() throws Exception {
    try (ServedIterator batches = open(share(0, 1))) {
      assertThatThrownBy(() -> batches.resume(state(0, 1).replace(id, "0123")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("preparation");
      assertThatThrownBy(() -> batches.resume(state(0, 1).replace("\"seed\": 0", "\"seed\": -5")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("seed");
    }
  }

  @Test
  void resetMovesToTheNextEpochOnce() throws Exception {
    try (ServedIterator batches = open(share(0, 1))) {
      batches.reset();
      assertThat(batches.state()).isEqualTo(state(0, 0));
      batches.next();
      assertThat(batches.state()).isEqualTo(state(0, 1));
      batches.reset();
      batches.reset();
      assertThat(batches.state()).isEqualTo(state(1, 0));
      batches.resume(state(7, count));
      assertThat(batches.hasNext()).isFalse();
      assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
      batches.reset();
      assertThat(batches.state()).isEqualTo(state(8, 0));
    }
  }

  @Test
  void anEpochsOrderStandsInTheAddress() throws Exception {
    try (FaultyServer server = faulty();
        ServedIterator batches =
            open(at(server, Map.of("shuffle", "examples", "seed", -9L, "prefetch", 1)))) {
      for (int epoch = 0; epoch < 2; epoch++) {
        batches.reset();
        while (batches.hasNext()) {
          batches.next();
        }
      }
      List<String> orders =
          server.batchesAsked().stream().map(line -> line.replaceAll(".*&shuffle", "")).toList();
      String order = "=examples&seed=-9&epoch=";
      assertThat(orders)
          .containsExactly(order + 0, order + 0, order + 0, order + 1, order + 1, order + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"features", "pixels", "none"})
  void holdsWhatJsonHolds(String photo) throws Exception {
    Map<String, Object> options = Map.of("size", 7, "photo", photo, "split", "train");
    try (ServedIterator batches = open(options)) {
      for (int number = 0; number < 3; number++) {
        JsonPath json = json(number, "?size=7&split=train&photo=" + photo);
        assertSame(batches.next(), json, photo);
      }
    }
  }

  private void assertSame(MultiDataSet batch, JsonPath json, String photo) {
    boolean seen = !photo.equals("none");
    INDArray words = batch.getFeatures(seen ? 1 : 0);
    List<List<Integer>> sequences = json.getList("sequences");
    assertThat(integers(words)).isEqualTo(sequences);
    assertThat(integers(batch.getFeaturesMaskArray(seen ? 1 : 0)))
        .isEqualTo(sequences.stream().map(CaptionaryIteratorTest::mask).toList());
    INDArray labels = batch.getLabels(0);
    assertThat(labels.shape()).containsExactly(sequences.size(), manifest.getInt("vocabularySize"));
    assertThat(labels.sum(1).toFloatVector()).containsOnly(1);
    assertThat(integers(labels.argMax(1).reshape(1, -1)).get(0)).isEqualTo(json.getList("targets"));
    assertThat(batch.numFeatureArrays()).isEqualTo(seen ? 2 : 1);
    if (seen) {
      assertThat(batch.getFeaturesMaskArray(0)).isNull();
      assertThat(floats(batch.getFeatures(0))).isEqualTo(expandedPhotos(json));
    }
  }

  @Test
  void channelsComeFirstIfAskedFor() throws Exception {
    try (ServedIterator last = open(Map.of("size", 3, "photo", "pixels"));
        ServedIterator first = open(Map.of("size", 3, "photo", "pixels", "nchw", true))) {
      INDArray channelsLast = last.next().getFeatures(0);
      INDArray channelsFirst = first.next().getFeatures(0);
      assertThat(channelsLast.shape()).containsExactly(3, 224, 224, 3);
      assertThat(channelsFirst.shape()).containsExactly(3, 3, 224, 224);
      assertThat(channelsFirst.getFloat(2, 1, 50, 60))
          .isEqualTo(channelsLast.getFloat(2, 50, 60, 1));
      assertThat(channelsFirst.permute(0, 2, 3, 1)).isEqualTo(channelsLast);
    }
  }

  @Test
  void wholePhotosMakeABatch() throws Exception {
    try (ServedIterator batches = open(Map.of("photos", 2))) {
      JsonPath json = json(0, "?photos=2");
      assertSame(batches.next(), json, "features");
      assertThat(batches.batches()).isEqualTo((manifest.getLong("photos") + 1) / 2);
    }
  }

  /** DL4J's own loop: it resets between epochs, and must not fetch ahead of what it trains on. */
  @Test
  void trainsAGraph() throws Exception {
    ComputationGraph graph = graph();
    try (ServedIterator batches = open(Map.of("size", SIZE, "sparseLabels", true))) {
      graph.fit(batches.iterator(), 1);
      double first = graph.score();
      graph.fit(batches.iterator(), 5);
      assertThat(graph.score()).isLessThan(first);
      assertThat(graph.getIterationCount()).isEqualTo(6 * (int) count);
      assertThat(batches.state()).isEqualTo(state(5, count));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void comesAgainWhenToldTo(int status) throws Exception {
    assertMended(FaultyServer.status(status, "later"), FaultyServer.status(status, "later"));
  }

  @Test
  void comesAgainAfterABodyThatIsNotWhole() throws Exception {
    assertMended(FaultyServer::cut, FaultyServer::damaged, FaultyServer::shortened);
  }

  @Test
  void comesAgainAfterAnAnswerThatDoesNotCome() throws Exception {
    CompletableFuture<Void> end = new CompletableFuture<>();
    Map<String, Object> options = Map.of("prefetch", 1, "timeout", Duration.ofMillis(500));
    try (FaultyServer server = faulty((exchange, batch) -> end.join());
        ServedIterator batches = open(at(server, options))) {
      assertSame(batches.next(), json(0, "?size=" + SIZE), "features");
      assertThat(server.batchesAsked().get(1)).isEqualTo(server.batchesAsked().get(0));
      end.complete(null);
    }
  }

  private void assertMended(Fault... faults) throws Exception {
    try (FaultyServer server = faulty(faults);
        ServedIterator batches = open(at(server, Map.of("prefetch", 1)))) {
      assertSame(batches.next(), json(0, "?size=" + SIZE), "features");
      assertThat(batches.state()).contains("\"next\": 1,");
      String first = server.batchesAsked().get(0);
      assertThat(server.batchesAsked().stream().filter(first::equals)).hasSize(faults.length + 1);
    }
  }

  @Test
  void givesUpInTheEndAndDeliversWhenCalledAgain() throws Exception {
    try (FaultyServer server = faulty(FaultyServer::cut, FaultyServer::cut);
        ServedIterator batches = open(at(server, Map.of("prefetch", 1, "attempts", 2)))) {
      Throwable failure = catchThrowable(batches::next);
      assertThat(failure).hasMessageContaining("/batches/0.npz");
      assertThat(ServedIterator.said(failure, "status")).isEqualTo(0);
      assertThat(batches.state()).contains("\"next\": 0,");
      assertSame(batches.next(), json(0, "?size=" + SIZE), "features");
    }
  }

  @Test
  void waitsForAServiceThatIsNotThereYet() throws Exception {
    int port = freePort();
    Map<String, Object> options = Map.of("url", "http://127.0.0.1:" + port);
    try (ServedIterator once = open(with(options, Map.of("attempts", 1)))) {
      assertThat(ServedIterator.said(catchThrowable(once::hasNext), "status")).isEqualTo(0);
    }
    try (ServedIterator batches = open(options)) {
      CompletableFuture<MultiDataSet> first = new CompletableFuture<>();
      Thread trainer = new Thread(() -> first.complete(batches.next()));
      trainer.start();
      awaitSleepOf(trainer);
      try (FaultyServer server = new FaultyServer(port, npz(), manifest.getInt("vocabularySize"))) {
        assertSame(first.get(), json(0, "?size=" + SIZE), "features");
        assertThat(server.requests().get(0)).startsWith("HEAD ");
      }
      trainer.join();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 500})
  void doesNotComeAgainAfterARefusal(int status) throws Exception {
    try (FaultyServer server = faulty(FaultyServer.status(status, PROBLEM));
        ServedIterator batches = open(at(server, Map.of("prefetch", 1)))) {
      Throwable refusal = catchThrowable(batches::next);
      assertThat(ServedIterator.said(refusal, "status")).isEqualTo(status);
      assertThat(ServedIterator.said(refusal, "field")).isEqualTo("size");
      assertThat(ServedIterator.said(refusal, "value")).isEqualTo("0");
      assertThat(ServedIterator.said(refusal, "allowed")).isEqualTo(List.of("a ] and \"b\"", "c"));
      assertThat(server.batchesAsked()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "split, nosuch, 400, split",
    "layer, fc1, 400, layer",
    "preparation, 0123456789abcdef, 404, preparation",
    "token, not-the-token-of-anyone, 401,"
  })
  void saysWhatTheServiceRefused(String option, String value, int status, String field)
      throws Exception {
    try (ServedIterator batches = open(Map.of(option, value))) {
      Throwable refusal = catchThrowable(batches::hasNext);
      assertThat(ServedIterator.said(refusal, "status")).isEqualTo(status);
      assertThat(ServedIterator.said(refusal, "field")).isEqualTo(field);
      assertThat(refusal).hasMessageContaining(String.valueOf(status));
    }
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    Set<Thread> before = threads();
    for (int millis = 0; millis < 40; millis++) {
      closeWhileItFetches(millis, before);
    }
    // Before Java 21 the HTTP client's own ends when the client is found to be garbage.
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!newThreads(before).isEmpty()) {
      assertThat(System.nanoTime()).as(newThreads(before).toString()).isLessThan(deadline);
      System.gc();
      Thread.sleep(50);
    }
  }

  /** A request may be on its way out, waiting, answered, or about to be sent again. */
  private void closeWhileItFetches(int millis, Set<Thread> before) throws Exception {
    try (FaultyServer server =
        faulty(FaultyServer.late(60_000), FaultyServer.status(503, "later"))) {
      ServedIterator closed = open(at(server, Map.of("prefetch", 2)));
      assertThat(closed.hasNext()).isTrue();
      assertThat(newThreads(before)).isNotEmpty();
      CompletableFuture<Throwable> waiting =
          CompletableFuture.supplyAsync(() -> catchThrowable(closed::next));
      while (server.batchesAsked().isEmpty()) {
        Thread.onSpinWait();
      }
      Thread.sleep(millis);
      closed.close();
      assertThat(waiting.get()).isNotNull();
      assertThatThrownBy(closed::batches).hasRootCauseMessage("the iterator is closed");
    }
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(captionary|HttpClient-).*"))
        .collect(Collectors.toSet());
  }

  private static Set<Thread> newThreads(Set<Thread> before) {
    Set<Thread> now = threads();
    now.removeAll(before);
    return now;
  }

  private static void awaitSleepOf(Thread thread) throws InterruptedException {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (Arrays.stream(thread.getStackTrace())
        .noneMatch(frame -> frame.getMethodName().equals("sleep"))) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private FaultyServer faulty(Fault... faults) throws Exception {
    return new FaultyServer(npz(), manifest.getInt("vocabularySize"), faults);
  }

  private byte[] npz() {
    return Api.bytes(Api.batch(id, "0.npz?size=" + SIZE));
  }

  private JsonPath json(long number, String query) {
    return new JsonPath(new String(Api.bytes(Api.batch(id, number + ".json" + query))));
  }

  private ServedIterator open(Map<String, Object> options) throws Exception {
    Map<String, Object> defaults =
        Map.of("url", "http://localhost:" + RestAssured.port, "token", TRAINER, "preparation", id);
    return ServedIterator.of(with(defaults, options));
  }

  private static Map<String, Object> at(FaultyServer server, Map<String, Object> options) {
    return with(Map.of("url", server.url()), options);
  }

  private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }

  private static Map<String, Object> share(int rank, int worldSize) {
    return new HashMap<>(Map.of("size", SIZE, "rank", rank, "worldSize", worldSize));
  }

  private String state(long epoch, long next) {
    return "{\"preparation\": \"%s\", \"epoch\": %d, \"next\": %d, \"seed\": 0}"
        .formatted(id, epoch, next);
  }

  /** Notes the batches of a rank by their numbers; none may come twice. */
  private static void pull(
      ServedIterator batches, int rank, int worldSize, long most, long next, Map<Long, Rows> into) {
    long number = next + rank;
    for (long i = 0; i < most && batches.hasNext(); i++) {
      MultiDataSet batch = batches.next();
      Rows rows = new Rows(integers(batch.getFeatures(1)), targets(batch));
      assertThat(into.put(number, rows)).isNull();
      number += worldSize;
    }
  }

  /** The epoch as the service has it. */
  private Map<Long, Rows> served() {
    Map<Long, Rows> served = new HashMap<>();
    for (long number = 0; number < count; number++) {
      JsonPath json = json(number, "?photo=none&size=" + SIZE);
      served.put(number, new Rows(json.getList("sequences"), json.getList("targets")));
    }
    return served;
  }

  private record Rows(List<List<Integer>> sequences, List<Integer> targets) {}

  private static List<Integer> targets(MultiDataSet batch) {
    return integers(batch.getLabels(0).argMax(1).reshape(1, -1)).get(0);
  }

  private static List<Integer> mask(List<Integer> words) {
    return words.stream().map(word -> word == 0 ? 0 : 1).toList();
  }

  private static List<List<Integer>> integers(INDArray rows) {
    return Arrays.stream(rows.toIntMatrix())
        .map(row -> Arrays.stream(row).boxed().toList())
        .toList();
  }

  private static List<Float> floats(INDArray array) {
    List<Float> floats = new ArrayList<>();
    for (float value : array.data().asFloat()) {
      floats.add(value);
    }
    return floats;
  }

  private static List<Float> expandedPhotos(JsonPath json) {
    List<Object> photos = json.getList("photos");
    List<Float> floats = new ArrayList<>();
    for (int row : json.getList("photo_index", Integer.class)) {
      flatten(photos.get(row), floats);
    }
    return floats;
  }

  private static void flatten(Object value, List<Float> into) {
    if (value instanceof List<?> list) {
      list.forEach(item -> flatten(item, into));
    } else {
      into.add(((Number) value).floatValue());
    }
  }

  private ComputationGraph graph() {
    int words = manifest.getInt("vocabularySize");
    LSTM lstm = new LSTM.Builder().nOut(8).activation(Activation.TANH).build();
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .graphBuilder()
                .addInputs("photo", "words")
                .addLayer("vectors", embedding(words), "words")
                .addLayer("sentence", new LastTimeStep(lstm), "vectors")
                .addVertex("both", new MergeVertex(), "photo", "sentence")
                .addLayer("next", softmax(words), "both")
                .setOutputs("next")
                .setInputTypes(
                    InputType.feedForward(512),
                    InputType.recurrent(words, manifest.getInt("maxLength")))
                .build());
    graph.init();
    return graph;
  }

  private EmbeddingSequenceLayer embedding(int words) {
    return new EmbeddingSequenceLayer.Builder()
        .nIn(words)
        .nOut(8)
        .inputLength(manifest.getInt("maxLength"))
        .build();
  }

  private static OutputLayer softmax(int words) {
    return new OutputLayer.Builder(new LossSparseMCXENT())
        .nOut(words)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
