package org.captionary.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batches of a Captionary preparation, model {@code word}, for DL4J's {@code ComputationGraph}. One
 * file to copy into a project; it needs Java 17 and ND4J 1.0.0-M2.1 alone.
 *
 * <pre>{@code
 * try (var batches = CaptionaryIterator.builder().url("http://localhost:8080").token(token)
 *         .preparation("d5ef4d6e1ab6aead").split("train").size(64).shuffle("examples").build()) {
 *   graph.fit(batches, 20); // epochs 0 to 19, each in an order of its own
 * }
 * }</pre>
 *
 * <p>For a batch of B examples, in C order:
 *
 * <ul>
 *   <li>features 0: the photos, float, a row for each example: (B, 512) for layer {@code avg}, (B,
 *       4096) for {@code fc1} and {@code fc2}, (B, 7, 7, 512) for {@code block5_pool}, (B, 224,
 *       224, 3) for {@code pixels}. The last two are channels last (give the graph {@code
 *       CNN2DFormat.NHWC}), or (B, 512, 7, 7) and (B, 3, 224, 224) with {@link Builder#nchw}.
 *       Absent with photo {@code none}.
 *   <li>features 1 (0 with photo {@code none}): the words so far, int, (B, maxLength), left-padded
 *       with 0: what {@code EmbeddingSequenceLayer} takes.
 *   <li>its mask, float, (B, maxLength): 1 at words, 0 at padding, so that an LSTM starts at the
 *       first word. Photos have none.
 *   <li>labels 0: the next word, one-hot, float, (B, vocabularySize), made here from the indices
 *       that were sent; or the index, int, (B, 1), with {@link Builder#sparseLabels}, for {@code
 *       LossSparseMCXENT}.
 * </ul>
 *
 * <p>Rank r of w pulls the numbers next + r, next + r + w, ... Batches are fetched ahead by threads
 * of its own and delivered in order; {@link #state} counts only what {@link #next()} returned. Not
 * safe for use by several threads.
 */
public final class CaptionaryIterator implements MultiDataSetIterator, AutoCloseable {

  private static final Pattern VOCABULARY_SIZE =
      Pattern.compile("\"vocabularySize\"\\s*:\\s*(\\d+)");

  private final transient Builder asked;
  private final transient ExecutorService threads;
  private final transient Deque<Future<Map<String, Npy>>> ahead = new ArrayDeque<>();

  /** Null once closed. */
  private transient Service service;

  private transient MultiDataSetPreProcessor preProcessor;

  private long epoch;
  private long next;
  private boolean delivered;

  /** Of an epoch, over all ranks; -1 until asked for. */
  private long batches = -1;

  private int vocabularySize;

  private CaptionaryIterator(Builder asked) {
    this.asked = asked;
    threads = Executors.newCachedThreadPool(task -> daemon(task, "captionary-batches"));
    service = new Service(asked);
  }

  /** Where to begin; a preparation is all that must be named. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether the epoch has another batch for this rank. The first call asks the service. */
  @Override
  public boolean hasNext() {
    return isServed(next);
  }

  /**
   * The epoch's next batch for this rank.
   *
   * @throws ServiceException if the service refuses, or is not there after all attempts; the same
   *     batch comes when it is called again
   */
  @Override
  public MultiDataSet next() {
    if (!hasNext()) {
      throw new NoSuchElementException("epoch " + epoch + " has no more batches");
    }
    fetchAhead();
    MultiDataSet batch = dataSet(await(ahead.element()));
    ahead.remove();
    next += asked.worldSize;
    delivered = true;
    fetchAhead();
    if (preProcessor != null) {
      preProcessor.preProcess(batch);
    }
    return batch;
  }

  /** Not supported: how many examples a batch has is part of its address. */
  @Override
  public MultiDataSet next(int examples) {
    throw new UnsupportedOperationException("set the builder's size instead");
  }

  /**
   * Moves to the next epoch. Does nothing before the first batch after a start, a resume or a
   * reset: whoever resets in front of every epoch misses none.
   */
  @Override
  public void reset() {
    if (delivered || !hasNext()) {
      moveTo(epoch + 1, 0);
    }
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  /** No: it fetches ahead itself, and what another thread fetched would count as delivered. */
  @Override
  public boolean asyncSupported() {
    return false;
  }

  /** Where the epoch stands after the batches delivered so far. */
  public State state() {
    return new State(asked.preparation, epoch, next, asked.seed);
  }

  /**
   * Goes on where another iterator stood, also one of another rank or number of ranks.
   *
   * @throws IllegalArgumentException if the state is of another preparation or seed
   */
  public void resume(State state) {
    requireSame("preparation", state.preparation(), asked.preparation);
    requireSame("seed", state.seed(), asked.seed);
    moveTo(state.epoch(), state.next());
  }

  /** Batches of an epoch, over all ranks. */
  public long batches() {
    Service open = service();
    if (batches < 0) {
      batches = open.count(address(0));
    }
    return batches;
  }

  @Override
  public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
    this.preProcessor = preProcessor;
  }

  @Override
  public MultiDataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }

  /**
   * Gives up what is being fetched and ends all threads; those of Java's HTTP client within
   * seconds. The one by which it waits on its sockets ends now from Java 21 on, before that once the
   * client is garbage.
   */
  @Override
  public void close() {
    if (service != null) {
      discard();
      threads.shutdownNow();
      service.close();
      service = null;
      awaitThreads();
    }
  }

  private void awaitThreads() {
    try {
      threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private static void requireSame(String field, Object given, Object own) {
    if (!Objects.equals(given, own)) {
      throw new IllegalArgumentException(field + ": the state has " + given + ", not " + own);
    }
  }

  private Service service() {
    if (service == null) {
      throw new IllegalStateException("the iterator is closed");
    }
    return service;
  }

  private void moveTo(long newEpoch, long newNext) {
    discard();
    epoch = newEpoch;
    next = newNext;
    delivered = false;
  }

  private void discard() {
    ahead.forEach(batch -> batch.cancel(true));
    ahead.clear();
  }

  /** Whether this rank has a batch in the round that starts at a number. */
  private boolean isServed(long round) {
    int last = asked.dropUneven ? asked.worldSize - 1 : asked.rank;
    return round + last < batches();
  }

  private void fetchAhead() {
    long round = next + (long) ahead.size() * asked.worldSize;
    for (; ahead.size() < asked.prefetch && isServed(round); round += asked.worldSize) {
      String address = address(round + asked.rank);
      Service from = service();
      ahead.add(threads.submit(() -> from.get(address, Npy::members)));
    }
  }

  private String address(long number) {
    return asked.path() + "/batches/" + number + ".npz?" + asked.query(epoch);
  }

  private Map<String, Npy> await(Future<Map<String, Npy>> batch) {
    try {
      return batch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a batch", e);
    } catch (ExecutionException e) {
      discard();
      if (e.getCause() instanceof ServiceException refusal) {
        throw refusal;
      }
      throw new IllegalStateException("a batch cannot be read", e);
    }
  }

  private MultiDataSet dataSet(Map<String, Npy> arrays) {
    Npy words = arrays.get("sequences");
    INDArray sequences = Nd4j.createUninitialized(DataType.INT32, words.shape(), 'c');
    sequences.data().asNioInt().put(words.ints());
    INDArray mask = mask(words);
    INDArray[] labels = {labels(arrays.get("targets").ints())};
    if (!arrays.containsKey("photos")) {
      return dataSet(new INDArray[] {sequences}, labels, new INDArray[] {mask});
    }
    INDArray photos = expanded(arrays.get("photos"), arrays.get("photo_index").ints());
    return dataSet(new INDArray[] {photos, sequences}, labels, new INDArray[] {null, mask});
  }

  private static MultiDataSet dataSet(INDArray[] features, INDArray[] labels, INDArray[] masks) {
    return new org.nd4j.linalg.dataset.MultiDataSet(features, labels, masks, null);
  }

  private static INDArray mask(Npy words) {
    INDArray mask = Nd4j.createUninitialized(DataType.FLOAT, words.shape(), 'c');
    FloatBuffer target = mask.data().asNioFloat();
    IntBuffer source = words.ints();
    while (source.hasRemaining()) {
      target.put(source.get() == 0 ? 0 : 1);
    }
    return mask;
  }

  /** A row of photos for each example: the only copy that is made. */
  private INDArray expanded(Npy photos, IntBuffer index) {
    long[] shape = photos.shape().clone();
    shape[0] = index.remaining();
    INDArray rows = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    FloatBuffer target = rows.data().asNioFloat();
    FloatBuffer source = photos.floats();
    int length = source.remaining() / (int) photos.shape()[0];
    while (index.hasRemaining()) {
      target.put(source.slice(index.get() * length, length));
    }
    return asked.nchw && shape.length == 4 ? rows.permute(0, 3, 1, 2).dup('c') : rows;
  }

  private INDArray labels(IntBuffer targets) {
    int examples = targets.remaining();
    if (asked.sparseLabels) {
      INDArray indices = Nd4j.createUninitialized(DataType.INT32, new long[] {examples, 1}, 'c');
      indices.data().asNioInt().put(targets);
      return indices;
    }
    INDArray rows = Nd4j.zeros(DataType.FLOAT, examples, vocabularySize());
    FloatBuffer buffer = rows.data().asNioFloat();
    for (int i = 0; i < examples; i++) {
      buffer.put(i * vocabularySize + targets.get(i), 1);
    }
    return rows;
  }

  private int vocabularySize() {
    if (vocabularySize == 0) {
      String manifest = service().get(asked.path(), CaptionaryIterator::text);
      vocabularySize = Integer.parseInt(Json.find(VOCABULARY_SIZE, manifest).orElseThrow());
    }
    return vocabularySize;
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Where training stands: the epoch goes on from batch {@code next} of all ranks. As text it is
   * JSON.
   *
   * @param epoch from 0
   * @param next the least number that no rank has had; grows by the number of ranks with each batch
   */
  public record State(String preparation, long epoch, long next, long seed) {

    private static final Pattern FORM =
        Pattern.compile(
            "\\{\"preparation\": \"(\\w+)\", \"epoch\": (\\d+), \"next\": (\\d+), \"seed\":"
                + " (-?\\d+)}");

    public State {
      if (epoch < 0 || next < 0) {
        throw new IllegalArgumentException("epoch and next are at least 0: " + epoch + ", " + next);
      }
    }

    /** Reads what {@link #toString} writes. */
    public static State parse(String text) {
      Matcher match = FORM.matcher(text);
      if (!match.matches()) {
        throw new IllegalArgumentException("not a state: " + text);
      }
      return new State(
          match.group(1),
          Long.parseLong(match.group(2)),
          Long.parseLong(match.group(3)),
          Long.parseLong(match.group(4)));
    }

    @Override
    public String toString() {
      return "{\"preparation\": \"%s\", \"epoch\": %d, \"next\": %d, \"seed\": %d}"
          .formatted(preparation, epoch, next, seed);
    }
  }

  /** The service refused, or was not there after all attempts. */
  public static final class ServiceException extends RuntimeException {

    private final int status;
    private final String field;
    private final String value;
    private final transient List<String> allowed;

    private ServiceException(String address, int status, String problem) {
      super(address + ": " + status + " " + problem);
      this.status = status;
      field = Json.string("field", problem);
      value = Json.string("value", problem);
      allowed = Json.strings("allowed", problem);
    }

    private ServiceException(String address, IOException failure) {
      super(address + ": " + failure, failure);
      status = 0;
      field = null;
      value = null;
      allowed = List.of();
    }

    /** Of the answer; 0 if there was none. */
    public int status() {
      return status;
    }

    /** The parameter that is wrong; null if none is named. */
    public String field() {
      return field;
    }

    /** What was given for it; null if none is named. */
    public String value() {
      return value;
    }

    /** What may be given for it; empty if nothing is named. */
    public List<String> allowed() {
      return allowed;
    }
  }

  /** What is asked for. Each method returns the builder. */
  public static final class Builder {

    private String url = "http://localhost:8080";
    private String token;
    private String preparation;
    private String split = "all";
    private String layer;
    private String photo = "features";
    private String count = "size=32";
    private String shuffle = "none";
    private long seed;
    private int rank;
    private int worldSize = 1;
    private int prefetch = 2;
    private boolean dropUneven;
    private boolean nchw;
    private boolean sparseLabels;
    private int attempts = 10;
    private Duration timeout = Duration.ofMinutes(2);

    private Builder() {}

    /** The service's address, {@code http://localhost:8080} by default. */
    public Builder url(String value) {
      url = value.replaceAll("/+$", "");
      return this;
    }

    /** The trainer's token; none by default, for a service behind a gate of its own. */
    public Builder token(String value) {
      token = value.strip();
      return this;
    }

    /** The preparation's id. */
    public Builder preparation(String value) {
      preparation = value;
      return this;
    }

    /** {@code all}, the default, or a split of the data set. */
    public Builder split(String value) {
      split = value;
      return this;
    }

    /** Which features, if the preparation holds several. */
    public Builder layer(String value) {
      layer = value;
      return this;
    }

    /** {@code features}, the default, {@code pixels} or {@code none}. */
    public Builder photo(String value) {
      photo = value;
      return this;
    }

    /** Examples a batch, 32 by default. */
    public Builder size(int value) {
      count = "size=" + value;
      return this;
    }

    /** Instead of {@link #size}: whole photos a batch. */
    public Builder photos(int value) {
      count = "photos=" + value;
      return this;
    }

    /** {@code none}, the default, {@code captions} or {@code examples}. */
    public Builder shuffle(String value) {
      shuffle = value;
      return this;
    }

    /** Decides the orders of all epochs. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Which of the trainers this is, from 0. */
    public Builder rank(int value) {
      rank = value;
      return this;
    }

    /** How many trainers there are. */
    public Builder worldSize(int value) {
      worldSize = value;
      return this;
    }

    /** Batches fetched ahead, at least 1; 2 by default. Their bytes are held on the heap. */
    public Builder prefetch(int value) {
      prefetch = value;
      return this;
    }

    /**
     * What becomes of a last round that is not enough for all ranks: {@code serve}, the default,
     * gives it to the first ranks; {@code drop} gives every rank as many batches as any other.
     */
    public Builder uneven(String value) {
      if (!Set.of("serve", "drop").contains(value)) {
        throw new IllegalArgumentException("uneven: serve or drop, not " + value);
      }
      dropUneven = value.equals("drop");
      return this;
    }

    /** Whether pixels and block5_pool come channels first instead of channels last. */
    public Builder nchw(boolean value) {
      nchw = value;
      return this;
    }

    /** Whether labels are indices, for {@code LossSparseMCXENT}, instead of one-hot rows. */
    public Builder sparseLabels(boolean value) {
      sparseLabels = value;
      return this;
    }

    /** How often a request is sent before it fails, 10 by default: for most of a minute. */
    public Builder attempts(int value) {
      attempts = value;
      return this;
    }

    /** How long an attempt may take to the last byte, two minutes by default. */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /** No request is sent before the first {@link CaptionaryIterator#hasNext}. */
    public CaptionaryIterator build() {
      Objects.requireNonNull(preparation, "preparation");
      requireWithin("worldSize", worldSize, 1, Integer.MAX_VALUE);
      requireWithin("rank", rank, 0, worldSize - 1);
      requireWithin("prefetch", prefetch, 1, Integer.MAX_VALUE);
      requireWithin("attempts", attempts, 1, Integer.MAX_VALUE);
      return new CaptionaryIterator(copy());
    }

    private Builder copy() {
      Builder copy = new Builder();
      copy.url = url;
      copy.token = token;
      copy.preparation = preparation;
      copy.split = split;
      copy.layer = layer;
      copy.photo = photo;
      copy.count = count;
      copy.shuffle = shuffle;
      copy.seed = seed;
      copy.rank = rank;
      copy.worldSize = worldSize;
      copy.prefetch = prefetch;
      copy.dropUneven = dropUneven;
      copy.nchw = nchw;
      copy.sparseLabels = sparseLabels;
      copy.attempts = attempts;
      copy.timeout = timeout;
      return copy;
    }

    private static void requireWithin(String name, int value, int least, int most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            name + ": " + value + " is not between " + least + " and " + most);
      }
    }

    private String path() {
      return "/api/preparations/" + encoded(preparation);
    }

    /** Without seed and epoch where they decide nothing, so that every epoch has one address. */
    private String query(long epoch) {
      String query = "split=" + encoded(split) + "&photo=" + encoded(photo) + "&" + count;
      if (layer != null) {
        query += "&layer=" + encoded(layer);
      }
      if (!shuffle.equals("none")) {
        query += "&shuffle=" + encoded(shuffle) + "&seed=" + seed + "&epoch=" + epoch;
      }
      return query;
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
  }

  /** What reads a body. */
  private interface Reader<T> {

    /**
     * @throws IOException if the body is not whole
     */
    T read(byte[] body) throws IOException;
  }

  /** GET and HEAD, again and again while there is hope. */
  private static final class Service {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /** Too many requests, a gateway's trouble, a service that is away for a while. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final long FIRST_WAIT_MILLIS = 250;
    private static final long LONGEST_WAIT_MILLIS = 10_000;
    private static final long LONGEST_RETRY_AFTER_SECONDS = 60;

    private final String url;
    private final String token;
    private final int attempts;
    private final Duration timeout;
    private final HttpClient client;

    Service(Builder asked) {
      url = asked.url;
      token = asked.token;
      attempts = asked.attempts;
      timeout = asked.timeout;
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT)
              .executor(briefThreads())
              .build();
    }

    /**
     * Threads that end a second after their work. Never shut down: the HTTP client lives on for ever
     * if a thread is refused to it while it gives up a request.
     */
    private static Executor briefThreads() {
      return new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> daemon(task, "captionary-http"));
    }

    /** The batches of an epoch: 0 if the split has no example. */
    long count(String address) {
      HttpResponse<byte[]> head = send("HEAD", address, body -> body).response();
      if (head.statusCode() == OK) {
        return head.headers().firstValueAsLong("Batch-Count").orElseThrow();
      }
      try {
        // An answer to HEAD does not say what is wrong.
        get(address, body -> body);
        return count(address);
      } catch (ServiceException refusal) {
        if (refusal.status() == NOT_FOUND && "batch".equals(refusal.field())) {
          return 0;
        }
        throw refusal;
      }
    }

    <T> T get(String address, Reader<T> reader) {
      Answer<T> answer = send("GET", address, reader);
      if (answer.response().statusCode() != OK) {
        throw refusal(address, answer.response());
      }
      return answer.content();
    }

    private <T> Answer<T> send(String method, String address, Reader<T> reader) {
      for (int attempt = 1; ; attempt++) {
        long wait = backOff(attempt);
        try {
          HttpResponse<byte[]> response = send(request(method, address));
          if (response.statusCode() == OK) {
            return new Answer<>(response, reader.read(response.body()));
          }
          if (!PASSING.contains(response.statusCode()) || attempt == attempts) {
            return new Answer<>(response, null);
          }
          wait = Math.max(wait, retryAfter(response).orElse(0L));
        } catch (IOException e) {
          if (attempt == attempts) {
            throw new ServiceException(address, e);
          }
        }
        sleep(wait);
      }
    }

    private HttpRequest request(String method, String address) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + address))
              .method(method, BodyPublishers.noBody())
              .timeout(timeout);
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      return request.build();
    }

    /** The request's own timeout ends at the body's first byte. */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
      CompletableFuture<HttpResponse<byte[]>> answer =
          client.sendAsync(request, BodyHandlers.ofByteArray());
      try {
        return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        answer.cancel(true);
        throw new IOException("no whole answer within " + timeout, e);
      } catch (InterruptedException e) {
        answer.cancel(true);
        throw interrupted(e);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
      }
    }

    /** A half to the whole of a time that doubles, so that ranks do not come back all at once. */
    private static long backOff(int attempt) {
      long longest = FIRST_WAIT_MILLIS << Math.min(attempt - 1, 10);
      long wait = Math.min(longest, LONGEST_WAIT_MILLIS);
      return ThreadLocalRandom.current().nextLong(wait / 2, wait + 1);
    }

    private static Optional<Long> retryAfter(HttpResponse<?> response) {
      return response
          .headers()
          .firstValue("Retry-After")
          .filter(seconds -> seconds.matches("\\d{1,9}"))
          .map(seconds -> Math.min(Long.parseLong(seconds), LONGEST_RETRY_AFTER_SECONDS))
          .map(TimeUnit.SECONDS::toMillis);
    }

    private static void sleep(long millis) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
      Thread.currentThread().interrupt();
      return new IllegalStateException("interrupted", e);
    }

    private static ServiceException refusal(String address, HttpResponse<byte[]> response) {
      return new ServiceException(address, response.statusCode(), text(response.body()));
    }

    void close() {
      // Before Java 21 the client cannot be closed.
      if (client instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          throw new IllegalStateException("the HTTP client cannot be closed", e);
        }
      }
    }

    private record Answer<T>(HttpResponse<byte[]> response, T content) {}
  }

  /**
   * An array of an .npz: a ZIP archive whose members are stored, so that the local headers lead
   * from one to the next.
   *
   * @param descr {@code <f4} or {@code <i4}
   * @param data little-endian, in C order
   */
  private record Npy(String descr, long[] shape, ByteBuffer data) {

    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final Pattern HEADER =
        Pattern.compile(
            "\\{'descr': '(<f4|<i4)', 'fortran_order': False, 'shape': \\(([\\d, ]*)\\), } *\n");

    /**
     * The arrays by name. Nothing is copied.
     *
     * @throws IOException if bytes are missing or not those that were written
     */
    static Map<String, Npy> members(byte[] archive) throws IOException {
      ByteBuffer zip = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
      if (archive.length < END_LENGTH || zip.getInt(archive.length - END_LENGTH) != END) {
        throw new IOException("a batch of " + archive.length + " bytes has no end");
      }
      Map<String, Npy> arrays = new LinkedHashMap<>();
      int at = 0;
      while (zip.getInt(at) == LOCAL_HEADER) {
        int nameLength = Short.toUnsignedInt(zip.getShort(at + 26));
        int content = at + 30 + nameLength + Short.toUnsignedInt(zip.getShort(at + 28));
        int size = zip.getInt(at + 18);
        requireChecksum(archive, content, size, zip.getInt(at + 14));
        String name = new String(archive, at + 30, nameLength, StandardCharsets.US_ASCII);
        arrays.put(name.replace(".npy", ""), array(zip.slice(content, size)));
        at = content + size;
      }
      return arrays;
    }

    private static void requireChecksum(byte[] archive, int from, int size, int expected)
        throws IOException {
      CRC32 checksum = new CRC32();
      if (size >= 0 && size <= archive.length - from) {
        checksum.update(archive, from, size);
      }
      if ((int) checksum.getValue() != expected) {
        throw new IOException("a batch's bytes are not those that were sent");
      }
    }

    private static Npy array(ByteBuffer file) throws IOException {
      file.order(ByteOrder.LITTLE_ENDIAN);
      byte[] header = new byte[Short.toUnsignedInt(file.getShort(8))];
      file.position(10).get(header);
      Matcher match = HEADER.matcher(new String(header, StandardCharsets.US_ASCII));
      if (!match.matches()) {
        throw new IOException("not an array of this service");
      }
      String[] sizes = match.group(2).split(", *");
      long[] shape = Arrays.stream(sizes).mapToLong(Long::parseLong).toArray();
      return new Npy(match.group(1), shape, file.slice());
    }

    IntBuffer ints() {
      return values("<i4").asIntBuffer();
    }

    FloatBuffer floats() {
      return values("<f4").asFloatBuffer();
    }

    private ByteBuffer values(String type) {
      if (!descr.equals(type)) {
        throw new UncheckedIOException(new IOException("an array of " + descr + ", not " + type));
      }
      return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** The little of JSON that is looked for in a manifest and in a problem document. */
  private static final class Json {

    private static final String STRING = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";
    private static final Pattern ONE = Pattern.compile(STRING);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u([0-9a-fA-F]{4})|.)");

    private Json() {}

    static Optional<String> find(Pattern pattern, String json) {
      Matcher match = pattern.matcher(json);
      return match.find() ? Optional.of(match.group(1)) : Optional.empty();
    }

    static String string(String key, String json) {
      Pattern pattern = Pattern.compile("\"" + key + "\"\\s*:\\s*" + STRING);
      return find(pattern, json).map(Json::unescaped).orElse(null);
    }

    static List<String> strings(String key, String json) {
      String list = "\"" + key + "\"\\s*:\\s*\\[((?:[\\s,]*+" + STRING + ")*+)\\s*]";
      String items = find(Pattern.compile(list), json).orElse("");
      return ONE.matcher(items).results().map(item -> unescaped(item.group(1))).toList();
    }

    private static String unescaped(String text) {
      return ESCAPE
          .matcher(text)
          .replaceAll(
              match ->
                  Matcher.quoteReplacement(
                      match.group(2) == null
                          ? plain(match.group(1))
                          : Character.toString(Integer.parseInt(match.group(2), 16))));
    }

    private static String plain(String escape) {
      int at = "bfnrt".indexOf(escape);
      return at < 0 ? escape : "\b\f\n\r\t".substring(at, at + 1);
    }
  }
}
