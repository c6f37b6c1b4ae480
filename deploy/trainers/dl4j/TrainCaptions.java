import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.captionary.client.CaptionaryIterator;
import org.captionary.client.CaptionaryIterator.State;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Trains the well-known tutorial's merge model on a preparation, and writes captions for photos
 * that it was not trained on. {@code train-dl4j.sh} compiles and runs it.
 *
 * <p>One thread computes: two in one graph crash the process.
 */
public final class TrainCaptions {

  private static final int CAPTIONED_PHOTOS = 3;

  private final Options options;
  private final Preparation preparation;
  private final Checkpoint checkpoint;

  private ComputationGraph graph;
  private Progress progress;

  private TrainCaptions(Options options) throws IOException, InterruptedException {
    this.options = options;
    preparation = Preparation.fetch(options);
    checkpoint = new Checkpoint(Path.of(options.text("checkpoint")));
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    TrainCaptions trainer = new TrainCaptions(Options.parse(args));
    trainer.start();
    trainer.train();
    trainer.score(trainer.options.text("split"));
    trainer.score(trainer.preparation.unseenSplit());
    trainer.writeCaptions();
  }

  private void start() throws IOException {
    if (checkpoint.exists()) {
      graph = checkpoint.graph();
      progress = checkpoint.progress();
      State state = progress.state();
      System.out.printf("resumed at epoch %d, batch %d%n", state.epoch() + 1, state.next());
    } else {
      Embeddings embeddings = Embeddings.read(options.text("embeddings"), preparation);
      graph = new Model(preparation, options, embeddings.width()).build();
      embeddings.putInto(graph);
      progress = new Progress(new State(preparation.id(), 0, 0, options.wholeNumber("seed")), 0, 0);
    }
  }

  private void train() throws IOException {
    long epochs = options.wholeNumber("epochs");
    try (CaptionaryIterator batches = batches(options.text("split")).build()) {
      batches.resume(progress.state());
      while (batches.state().epoch() < epochs) {
        trainEpoch(batches, epochs);
      }
    }
  }

  private CaptionaryIterator.Builder batches(String split) {
    CaptionaryIterator.Builder builder =
        CaptionaryIterator.builder()
            .url(options.text("url"))
            .preparation(preparation.id())
            .split(split)
            .photo(options.text("photo"))
            .size((int) options.wholeNumber("size"))
            .shuffle(options.text("shuffle"))
            .seed(options.wholeNumber("seed"));
    options.token().ifPresent(builder::token);
    if (options.text("photo").equals("features")) {
      builder.layer(preparation.layer());
    }
    return builder;
  }

  private void trainEpoch(CaptionaryIterator batches, long epochs) throws IOException {
    if (batches.batches() == 0) {
      throw new IllegalArgumentException("split " + options.text("split") + " has no examples");
    }
    long start = System.nanoTime();
    long before = progress.examples();
    for (long since = 1; batches.hasNext(); since++) {
      trainBatch(batches);
      if (since % options.wholeNumber("every") == 0 && batches.hasNext()) {
        checkpoint.write(graph, progress);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "epoch %d/%d: loss %.3f (%,.0f examples/s)%n",
        batches.state().epoch() + 1,
        epochs,
        progress.loss(),
        (progress.examples() - before) / seconds);
    batches.reset();
    progress = new Progress(batches.state(), 0, 0);
    checkpoint.write(graph, progress);
  }

  private void trainBatch(CaptionaryIterator batches) {
    MultiDataSet batch = batches.next();
    try {
      long examples = batch.getLabels(0).size(0);
      graph.fit(batch);
      progress = progress.after(batches.state(), graph.score(), examples);
    } finally {
      close(batch);
    }
  }

  /** The garbage collector sees small objects and frees native memory far too late. */
  private static void close(MultiDataSet batch) {
    for (INDArray[] arrays :
        List.of(batch.getFeatures(), batch.getLabels(), batch.getFeaturesMaskArrays())) {
      Arrays.stream(arrays).filter(Objects::nonNull).forEach(INDArray::close);
    }
  }

  /** The mean loss of the model as it is now, without dropout. */
  private void score(String split) {
    double sum = 0;
    long examples = 0;
    try (CaptionaryIterator batches = batches(split).shuffle("none").build()) {
      while (batches.hasNext()) {
        MultiDataSet batch = batches.next();
        sum += graph.score(batch, false) * batch.getLabels(0).size(0);
        examples += batch.getLabels(0).size(0);
        close(batch);
      }
    }
    System.out.printf(Locale.ROOT, "split %s: loss %.3f without dropout%n", split, sum / examples);
  }

  private void writeCaptions() {
    if (preparation.startEnd().isEmpty()) {
      System.out.println("no captions: the recipe has no start and end words");
      return;
    }
    String split = preparation.unseenSplit();
    try (CaptionaryIterator photos = batches(split).photos(1).shuffle("none").build()) {
      long from = split.equals("all") ? Math.max(0, photos.batches() - CAPTIONED_PHOTOS) : 0;
      photos.resume(new State(preparation.id(), 0, from, options.wholeNumber("seed")));
      for (int i = 0; i < CAPTIONED_PHOTOS && photos.hasNext(); i++) {
        writeCaption(split, photos.next());
      }
    }
  }

  private void writeCaption(String split, MultiDataSet photo) {
    Description described = preparation.describedBy(references(photo));
    System.out.println("photo " + described.photo() + " of split " + split);
    System.out.println("  written:   " + greedyCaption(photo));
    for (String caption : described.captions()) {
      System.out.println("  reference: " + caption);
    }
    close(photo);
  }

  /** The photo's captions as indices: the last example of each holds all of it. */
  private static List<List<Integer>> references(MultiDataSet photo) {
    INDArray words = photo.getFeatures(1);
    int[] targets = photo.getLabels(0).argMax(1).toIntVector();
    List<List<Integer>> captions = new ArrayList<>();
    for (int i = 0; i < targets.length; i++) {
      List<Integer> caption = new ArrayList<>();
      Arrays.stream(words.getRow(i).toIntVector()).filter(w -> w > 0).forEach(caption::add);
      if (caption.size() > 1) {
        captions.remove(captions.size() - 1);
      }
      caption.add(targets[i]);
      captions.add(caption);
    }
    return captions;
  }

  /** The likeliest word behind the words so far, until the end word or the longest caption. */
  private String greedyCaption(MultiDataSet photo) {
    int start = preparation.index(preparation.startEnd().get(0));
    int end = preparation.index(preparation.startEnd().get(1));
    List<Integer> caption = new ArrayList<>(List.of(start));
    for (int i = 1; i < preparation.maxLength(); i++) {
      int word = nextWord(firstRow(photo.getFeatures(0)), caption);
      if (word == end) {
        break;
      }
      caption.add(word);
    }
    return caption.stream().skip(1).map(preparation::word).collect(Collectors.joining(" "));
  }

  private static INDArray firstRow(INDArray photos) {
    long[] shape = photos.shape().clone();
    shape[0] = 1;
    return photos.slice(0).dup('c').reshape(shape);
  }

  private int nextWord(INDArray photo, List<Integer> caption) {
    int length = preparation.maxLength();
    int[] words = new int[length];
    float[] mask = new float[length];
    for (int i = 0; i < caption.size(); i++) {
      words[length - caption.size() + i] = caption.get(i);
      mask[length - caption.size() + i] = 1;
    }
    INDArray[] inputs = {photo, Nd4j.createFromArray(new int[][] {words})};
    INDArray[] masks = {null, Nd4j.createFromArray(new float[][] {mask})};
    float[] likely = graph.output(false, inputs, masks)[0].toFloatVector();
    // Index 0 is padding, which is no word.
    return IntStream.range(1, likely.length)
        .boxed()
        .max((a, b) -> Float.compare(likely[a], likely[b]))
        .orElseThrow();
  }

  /**
   * Where training stands.
   *
   * @param lossSum over the epoch's examples so far
   */
  private record Progress(State state, double lossSum, long examples) {

    Progress after(State newState, double batchLoss, long batchExamples) {
      return new Progress(newState, lossSum + batchLoss * batchExamples, examples + batchExamples);
    }

    double loss() {
      return lossSum / examples;
    }
  }

  /** The tutorial's merge model: what the photo shows and what the words say, added up. */
  private record Model(Preparation preparation, Options options, int embeddingWidth) {

    private static final int WIDTH = 256;

    /** DL4J counts what is kept. */
    private static final double KEPT = 0.5;

    ComputationGraph build() {
      GraphBuilder builder =
          new NeuralNetConfiguration.Builder()
              .updater(new Adam(Double.parseDouble(options.text("learning-rate"))))
              .activation(Activation.RELU)
              .graphBuilder()
              .addInputs("photo", "words")
              .setOutputs("next");
      addWords(builder);
      String photo = addPhoto(builder);
      builder.addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), photo, "sentence");
      builder.addLayer("merged", dense(), "sum");
      builder.addLayer("next", softmax(), "merged");
      // Of the second type DL4J takes the number of words for the embedding.
      builder.setInputTypes(
          photoType(), InputType.recurrent(preparation.vocabularySize(), preparation.maxLength()));
      ComputationGraphConfiguration configuration = builder.build();
      ComputationGraph graph = new ComputationGraph(configuration);
      graph.init();
      return graph;
    }

    private void addWords(GraphBuilder builder) {
      EmbeddingSequenceLayer embedding =
          new EmbeddingSequenceLayer.Builder()
              .nIn(preparation.vocabularySize())
              .nOut(embeddingWidth)
              .inputLength(preparation.maxLength())
              .activation(Activation.IDENTITY)
              .build();
      LSTM lstm = new LSTM.Builder().nOut(WIDTH).activation(Activation.TANH).dropOut(KEPT).build();
      builder.addLayer("embedding", embedding, "words");
      builder.addLayer("sentence", new LastTimeStep(lstm), "embedding");
    }

    /** Returns the layer that is as wide as the sentence. */
    private String addPhoto(GraphBuilder builder) {
      String input = "photo";
      if (options.text("photo").equals("pixels")) {
        builder.addLayer("shrunk", pool(PoolingType.AVG, 4), input);
        input = "shrunk";
      }
      // Untrained weights give features of odd scales, nearly the same for all photos: what differs
      // from photo to photo is brought to one scale first. Pixels have a scale of their own too.
      builder.addLayer("scaled", new BatchNormalization(), input);
      builder.addLayer("seen", seen(), convolved(builder));
      return "seen";
    }

    /** A photo with places is looked at place by place; a vector is taken as it is. */
    private String convolved(GraphBuilder builder) {
      if (options.text("photo").equals("pixels")) {
        builder.addLayer("edges", convolution(16, 5, 2), "scaled");
        builder.addLayer("strongest", pool(PoolingType.MAX, 2), "edges");
        builder.addLayer("parts", convolution(32, 3, 2), "strongest");
        return "parts";
      }
      if (preparation.photoShape(options).size() == 1) {
        return "scaled";
      }
      builder.addLayer("parts", convolution(64, 1, 1), "scaled");
      return "parts";
    }

    private static ConvolutionLayer convolution(int channels, int kernel, int stride) {
      return new ConvolutionLayer.Builder(kernel, kernel)
          .stride(stride, stride)
          .nOut(channels)
          .dataFormat(CNN2DFormat.NHWC)
          .build();
    }

    private static SubsamplingLayer pool(PoolingType type, int side) {
      return new SubsamplingLayer.Builder(type, new int[] {side, side}, new int[] {side, side})
          .dataFormat(CNN2DFormat.NHWC)
          .build();
    }

    private static DenseLayer seen() {
      return new DenseLayer.Builder().nOut(WIDTH).dropOut(KEPT).build();
    }

    private static DenseLayer dense() {
      return new DenseLayer.Builder().nOut(WIDTH).build();
    }

    private OutputLayer softmax() {
      return new OutputLayer.Builder(LossFunction.MCXENT)
          .nOut(preparation.vocabularySize())
          .activation(Activation.SOFTMAX)
          .build();
    }

    private InputType photoType() {
      List<Integer> shape = preparation.photoShape(options);
      return shape.size() == 1
          ? InputType.feedForward(shape.get(0))
          : InputType.convolutional(shape.get(0), shape.get(1), shape.get(2), CNN2DFormat.NHWC);
    }
  }

  /**
   * Learned vectors of words, from a text file of GloVe or word2vec: a word and its numbers a line.
   *
   * @param vectors by the word's index
   */
  private record Embeddings(int width, Map<Integer, float[]> vectors) {

    private static final int DEFAULT_WIDTH = 256;

    static Embeddings read(String file, Preparation preparation) throws IOException {
      if (file == null) {
        return new Embeddings(DEFAULT_WIDTH, Map.of());
      }
      Map<Integer, float[]> vectors = new LinkedHashMap<>();
      try (BufferedReader lines = Files.newBufferedReader(Path.of(file))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] parts = line.stripTrailing().split(" ");
          // The first line of word2vec, two numbers, is no vector.
          if (parts.length > 2 && preparation.wordIndex().containsKey(parts[0])) {
            vectors.put(preparation.index(parts[0]), numbers(parts));
          }
        }
      }
      System.out.printf(
          "embeddings: %d of %d words%n", vectors.size(), preparation.wordIndex().size());
      return new Embeddings(width(file, vectors), vectors);
    }

    private static float[] numbers(String[] parts) {
      float[] numbers = new float[parts.length - 1];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Float.parseFloat(parts[i + 1]);
      }
      return numbers;
    }

    private static int width(String file, Map<Integer, float[]> vectors) {
      List<Integer> widths = vectors.values().stream().map(v -> v.length).distinct().toList();
      if (widths.size() != 1) {
        throw new IllegalArgumentException(
            file + ": vectors of one length are needed, found lengths " + widths);
      }
      return widths.get(0);
    }

    /** Words without a vector keep their random one. */
    void putInto(ComputationGraph graph) {
      INDArray matrix = graph.getParam("embedding_W");
      vectors.forEach((index, vector) -> matrix.putRow(index, Nd4j.createFromArray(vector)));
    }
  }

  /** The model with its updater, and beside it in the same ZIP archive where training stands. */
  private record Checkpoint(Path file) {

    private static final String ENTRY = "captionary.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    boolean exists() {
      return Files.exists(file);
    }

    ComputationGraph graph() throws IOException {
      return ModelSerializer.restoreComputationGraph(file.toFile(), true);
    }

    Progress progress() throws IOException {
      try (FileSystem zip = FileSystems.newFileSystem(file)) {
        JsonNode json = JSON.readTree(Files.readString(zip.getPath(ENTRY)));
        return new Progress(
            State.parse(json.get("state").textValue()),
            json.get("lossSum").doubleValue(),
            json.get("examples").longValue());
      }
    }

    /** Whenever it is cut off, the file is the old one or the new one. */
    void write(ComputationGraph graph, Progress progress) throws IOException {
      Path begun = file.resolveSibling(file.getFileName() + ".part");
      ModelSerializer.writeModel(graph, begun.toFile(), true);
      try (FileSystem zip = FileSystems.newFileSystem(begun)) {
        Files.writeString(zip.getPath(ENTRY), json(progress));
      }
      try (FileChannel channel = FileChannel.open(begun, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String json(Progress progress) throws IOException {
      Map<String, Object> content = new LinkedHashMap<>();
      content.put("state", progress.state().toString());
      content.put("lossSum", progress.lossSum());
      content.put("examples", progress.examples());
      return JSON.writeValueAsString(content);
    }
  }

  /**
   * A photo's captions as they stand in descriptions.txt.
   *
   * @param photo its id
   */
  private record Description(String photo, List<String> captions) {}

  /**
   * What is known of the preparation.
   *
   * @param layer the one of the features that is trained on; null if pixels are
   * @param startEnd two words, or none
   */
  private record Preparation(
      String id,
      JsonNode manifest,
      Map<String, Integer> wordIndex,
      List<Description> descriptions,
      String layer,
      List<String> startEnd) {

    private static final int PIXEL_SIDE = 224;

    static Preparation fetch(Options options) throws IOException, InterruptedException {
      ObjectMapper json = new ObjectMapper();
      JsonNode manifest = json.readTree(options.get(""));
      Map<String, Integer> wordIndex = new LinkedHashMap<>();
      json.readTree(options.get("/vocabulary"))
          .get("wordIndex")
          .fields()
          .forEachRemaining(word -> wordIndex.put(word.getKey(), word.getValue().intValue()));
      return new Preparation(
          options.text("preparation"),
          manifest,
          wordIndex,
          descriptions(options.get("/descriptions.txt")),
          layer(manifest, options.text("layer")),
          startEnd(manifest.get("recipe").get("startEnd")));
    }

    private static List<Description> descriptions(String text) {
      Map<String, List<String>> captions = new LinkedHashMap<>();
      for (String line : text.lines().toList()) {
        String[] idAndCaption = line.split(" ", 2);
        captions.computeIfAbsent(idAndCaption[0], id -> new ArrayList<>()).add(idAndCaption[1]);
      }
      return captions.entrySet().stream()
          .map(entry -> new Description(entry.getKey(), entry.getValue()))
          .toList();
    }

    private static String layer(JsonNode manifest, String asked) {
      JsonNode features = manifest.get("features");
      return asked == null && features.size() == 1
          ? features.get(0).get("layer").textValue()
          : asked;
    }

    private static List<String> startEnd(JsonNode recipe) {
      if (recipe.isArray()) {
        return List.of(lower(recipe.get(0)), lower(recipe.get(1)));
      }
      return recipe.booleanValue() ? List.of("startseq", "endseq") : List.of();
    }

    private static String lower(JsonNode word) {
      return word.textValue().toLowerCase(Locale.ROOT);
    }

    int vocabularySize() {
      return manifest.get("vocabularySize").intValue();
    }

    int maxLength() {
      return manifest.get("maxLength").intValue();
    }

    int index(String word) {
      return wordIndex.get(word);
    }

    String word(int index) {
      return wordIndex.entrySet().stream()
          .filter(entry -> entry.getValue() == index)
          .findFirst()
          .orElseThrow()
          .getKey();
    }

    /** Of one photo. */
    List<Integer> photoShape(Options options) {
      if (options.text("photo").equals("pixels")) {
        return List.of(PIXEL_SIDE, PIXEL_SIDE, 3);
      }
      for (JsonNode features : manifest.get("features")) {
        if (features.get("layer").textValue().equals(layer)) {
          List<Integer> shape = new ArrayList<>();
          features.get("shape").forEach(side -> shape.add(side.intValue()));
          return shape;
        }
      }
      throw new IllegalArgumentException("--layer: one of " + layers() + ", not " + layer);
    }

    private List<String> layers() {
      return manifest.get("features").findValuesAsText("layer");
    }

    /** A split that is not for training and has photos; {@code all} if there is none. */
    String unseenSplit() {
      for (String split : List.of("test", "dev")) {
        if (manifest.get("splits").path(split).path("servableExamples").longValue() > 0) {
          return split;
        }
      }
      return "all";
    }

    /** The photo with these captions; a batch does not name its photos. */
    Description describedBy(List<List<Integer>> captions) {
      Optional<Description> found =
          descriptions.stream().filter(d -> encoded(d).equals(captions)).findFirst();
      return found.orElseGet(
          () -> new Description("?", captions.stream().map(this::text).toList()));
    }

    private String text(List<Integer> caption) {
      return caption.stream().map(this::word).collect(Collectors.joining(" "));
    }

    /** As the service encodes: unknown words dropped, the head of what is too long cut off. */
    private List<List<Integer>> encoded(Description description) {
      return description.captions().stream()
          .map(this::encoded)
          .filter(caption -> caption.size() > 1)
          .toList();
    }

    private List<Integer> encoded(String caption) {
      String whole = startEnd.get(0) + " " + caption + " " + startEnd.get(1);
      List<Integer> words =
          Arrays.stream(whole.split(" ")).map(wordIndex::get).filter(Objects::nonNull).toList();
      return words.subList(Math.max(0, words.size() - maxLength()), words.size());
    }
  }

  /** The command line. */
  private record Options(Map<String, String> values) {

    static Options parse(String[] args) {
      Map<String, String> values = new LinkedHashMap<>();
      values.put("preparation", null);
      values.put("url", "http://localhost:8080");
      values.put("token-file", null);
      values.put("split", "train");
      values.put("photo", "features");
      values.put("layer", null);
      values.put("shuffle", "examples");
      values.put("seed", "0");
      values.put("size", "64");
      values.put("epochs", "20");
      values.put("learning-rate", "0.001");
      values.put("every", "100");
      values.put("checkpoint", "captions-dl4j.zip");
      values.put("embeddings", null);
      for (int i = 0; i < args.length; i += 2) {
        String name = args[i].replaceFirst("^--", "");
        if (!args[i].startsWith("--") || !values.containsKey(name) || i + 1 == args.length) {
          throw new IllegalArgumentException(args[i] + ": no such option, or no value given");
        }
        values.put(name, args[i + 1]);
      }
      return new Options(values);
    }

    String text(String name) {
      return values.get(name);
    }

    long wholeNumber(String name) {
      return Long.parseLong(text(name));
    }

    Optional<String> token() {
      try {
        return text("token-file") == null
            ? Optional.empty()
            : Optional.of(Files.readString(Path.of(text("token-file"))).strip());
      } catch (IOException e) {
        throw new IllegalArgumentException("--token-file: " + e, e);
      }
    }

    /** A document of the preparation. */
    String get(String path) throws IOException, InterruptedException {
      String address = text("url") + "/api/preparations/" + text("preparation") + path;
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
      token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalArgumentException(address + ": " + response.body());
      }
      return response.body();
    }
  }
}
