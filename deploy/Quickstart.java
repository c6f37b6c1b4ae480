import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What {@code quickstart.sh} asks of a service that it has started: waits until it is ready,
 * registers the sample, runs a job, pulls the first batch and prints its shapes. A single file, run
 * from source, as a fresh machine has a JDK and little else.
 */
final class Quickstart {

  private static final String USAGE =
      "usage: java Quickstart.java URL DATA_DIR DATASET FOLDER SERVICE_PID bar|lines";

  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  /** ImageNet's weights are downloaded before the service is ready: half a gigabyte. */
  private static final Duration DOWNLOADED_WITHIN = Duration.ofHours(6);

  private static final Duration POLL = Duration.ofMillis(250);
  private static final List<String> ARRAYS = List.of("photos", "sequences", "targets");

  private final Service service;
  private final Path data;
  private final String dataset;
  private final Path folder;
  private final Progress progress;

  private Quickstart(Service service, Path data, String dataset, Path folder, Progress progress) {
    this.service = service;
    this.data = data;
    this.dataset = dataset;
    this.folder = folder;
    this.progress = progress;
  }

  public static void main(String[] args) throws InterruptedException {
    if (args.length != 6) {
      System.err.println(USAGE);
      System.exit(2);
    }
    Service service = new Service(args[0], Long.parseLong(args[4]));
    Progress progress = new Progress(args[5].equals("bar"));
    Path data = Path.of(args[1]);
    try {
      new Quickstart(service, data, args[2], Path.of(args[3]), progress).run();
    } catch (Failure failure) {
      progress.endLine();
      System.err.println("quickstart: " + failure.getMessage());
      System.exit(1);
    }
  }

  private void awaitService() throws InterruptedException {
    boolean downloads = "imagenet".equals(System.getenv("CAPTIONARY_VGG16_WEIGHTS"));
    if (downloads) {
      System.out.println("It first downloads the weights, if they are not there: see the log.");
    }
    service.awaitReady(downloads ? DOWNLOADED_WITHIN : READY_WITHIN);
  }

  private void run() throws InterruptedException {
    awaitService();
    Token admin = Token.of("admin", data);
    Token trainer = Token.of("trainer", data);
    register(admin);
    String preparation = "/api/preparations/" + runJob(admin);
    describe(service.json("GET", preparation, trainer, null).map());
    String batch = preparation + "/batches/0.npz";
    printShapes(service.bytes(batch, trainer));
    sayWhereToGo(preparation, service.url() + batch, admin, trainer);
  }

  private void register(Token admin) throws InterruptedException {
    String address = "/api/datasets/" + dataset;
    Answer known = service.send("GET", address, admin, null);
    if (known.status() == 200) {
      requireSameFolder(known.map());
      System.out.println("The data set '" + dataset + "' is registered already.");
    } else {
      service.json("POST", "/api/datasets", admin, registration());
      System.out.println("Registered the data set '" + dataset + "'.");
    }
  }

  private void requireSameFolder(Map<String, Object> known) {
    Object photos = known.get("photos");
    if (photos != null && !photos.equals(photosFolder())) {
      throw new Failure(
          "the data set '"
              + dataset
              + "' is registered already, with photos in "
              + photos
              + " instead of "
              + photosFolder()
              + ": use another data directory (CAPTIONARY_DATA_DIR)");
    }
  }

  private String photosFolder() {
    return folder.resolve("Flicker8k_Dataset").toString();
  }

  private Map<String, Object> registration() {
    Path texts = folder.resolve("Flickr8k_text");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", dataset);
    body.put("format", "flickr8k");
    body.put("photos", photosFolder());
    body.put("captions", texts.resolve("Flickr8k.token.txt").toString());
    body.put(
        "splits",
        Map.of(
            "train", texts.resolve("Flickr_8k.trainImages.txt").toString(),
            "dev", texts.resolve("Flickr_8k.devImages.txt").toString(),
            "test", texts.resolve("Flickr_8k.testImages.txt").toString()));
    return body;
  }

  /** The id of the preparation that the job made. */
  private String runJob(Token admin) throws InterruptedException {
    Job job = submit(admin, false);
    if (job.hasFailed()) {
      System.out.println("An earlier job was " + job.state() + ": starting a new one.");
      job = submit(admin, true);
    }
    System.out.println("Job " + job.id() + ", with the default recipe:");
    progress.show(job);
    while (!job.hasEnded()) {
      Thread.sleep(POLL.toMillis());
      job = new Job(service.json("GET", job.address(), admin, null).map(), job.address());
      progress.show(job);
    }
    return job.preparation();
  }

  private Job submit(Token admin, boolean force) throws InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("dataset", dataset);
    body.put("recipe", Map.of());
    body.put("force", force);
    String address = service.json("POST", "/api/admin/jobs", admin, body).location();
    return new Job(service.json("GET", address, admin, null).map(), address);
  }

  private static void describe(Map<String, Object> manifest) {
    System.out.println(
        "Preparation %s: %s photos, %s examples, vocabulary size %s, longest caption %s words."
            .formatted(
                manifest.get("id"),
                manifest.get("photos"),
                manifest.get("examples"),
                manifest.get("vocabularySize"),
                manifest.get("maxLength")));
    if (String.valueOf(manifest.get("features")).contains("weights=untrained")) {
      System.out.println(
          "Its features come from untrained weights: right in shape, of no use to a model.");
    }
  }

  private static void printShapes(byte[] npz) {
    Map<String, String> shapes = Npz.shapes(npz);
    System.out.println("The first batch:");
    for (String array : ARRAYS) {
      String shape = shapes.get(array);
      if (shape == null) {
        throw new Failure("the batch has no array '" + array + "', only " + shapes.keySet());
      }
      System.out.println(array + " " + shape);
    }
  }

  private void sayWhereToGo(String preparation, String batch, Token admin, Token trainer) {
    System.out.print(
        """

        Where to go next
          page      %s/
                    sign in with the token that this shows: %s
                    this preparation: %s/%s
          tokens    %s to pull, %s for everything
          with curl:
            curl -o 0.npz -H "Authorization: Bearer %s" '%s'
          in Python:
            import io, numpy, %surllib.request
            request = urllib.request.Request("%s")
            request.add_header("Authorization", "Bearer " + %s)
            batch = numpy.load(io.BytesIO(urllib.request.urlopen(request).read()))
            print({name: batch[name].shape for name in batch})
          more      README.md
        """
            .formatted(
                service.url(),
                admin.shown(),
                service.url(),
                preparation.replace("/api/", "#/"),
                trainer.place(),
                admin.place(),
                trainer.inShell(),
                batch,
                trainer.isInEnvironment() ? "os, " : "",
                batch,
                trainer.inPython()));
  }

  /** Something that the user must hear of, in words. */
  private static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failure(String message) {
      super(message);
    }
  }

  /**
   * A bearer token.
   *
   * @param place the environment variable it comes from, or the file the service keeps it in
   */
  private record Token(String value, String place, boolean isInEnvironment) {

    static Token of(String role, Path data) {
      String variable = "CAPTIONARY_" + role.toUpperCase(Locale.ROOT) + "_TOKEN";
      String given = System.getenv(variable);
      return given == null || given.isBlank()
          ? ofFile(data.resolve("tokens").resolve(role))
          : new Token(given.strip(), variable, true);
    }

    private static Token ofFile(Path file) {
      try {
        return new Token(Files.readString(file).strip(), file.toString(), false);
      } catch (IOException failure) {
        throw new Failure("cannot read the token in " + file + ": " + failure);
      }
    }

    String inShell() {
      return isInEnvironment ? "$" + place : "$(cat '" + place.replace("'", "'\\''") + "')";
    }

    /** The command that shows it. */
    String shown() {
      return isInEnvironment ? "echo $" + place : "cat '" + place.replace("'", "'\\''") + "'";
    }

    String inPython() {
      return isInEnvironment
          ? "os.environ[\"" + place + "\"]"
          : "open(" + Json.write(place) + ").read().strip()";
    }
  }

  /** An answer of the service. */
  private record Answer(int status, byte[] body, String location) {

    @SuppressWarnings("unchecked")
    Map<String, Object> map() {
      if (Json.read(text()) instanceof Map<?, ?> map) {
        return (Map<String, Object>) map;
      }
      throw new Failure("not a JSON object: " + text());
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    boolean isGood() {
      return status >= 200 && status < 300;
    }
  }

  /** The service, over HTTP. */
  private static final class Service {

    private final String url;
    private final long pid;
    private final HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    Service(String url, long pid) {
      this.url = url;
      this.pid = pid;
    }

    String url() {
      return url;
    }

    void awaitReady(Duration within) throws InterruptedException {
      long deadline = System.nanoTime() + within.toNanos();
      String last = "no answer";
      while (System.nanoTime() < deadline) {
        if (!isRunning()) {
          throw new Failure("the service ended before it was ready");
        }
        last = readiness();
        if (last.isEmpty()) {
          return;
        }
        Thread.sleep(POLL.toMillis());
      }
      throw new Failure(
          "the service is not ready after " + within.toSeconds() + " s; it says: " + last);
    }

    private boolean isRunning() {
      return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** What is missing; nothing if the service is ready. */
    private String readiness() throws InterruptedException {
      try {
        Answer answer = exchange("GET", "/q/health/ready", null, null);
        return answer.status() == 200 ? "" : answer.status() + " " + answer.text();
      } catch (IOException notYet) {
        return "no answer (" + notYet + ")";
      }
    }

    byte[] bytes(String path, Token token) throws InterruptedException {
      return require("GET", path, send("GET", path, token, null)).body();
    }

    Answer json(String method, String path, Token token, Map<String, Object> body)
        throws InterruptedException {
      return require(method, path, send(method, path, token, body));
    }

    Answer send(String method, String path, Token token, Map<String, Object> body)
        throws InterruptedException {
      try {
        return exchange(method, path, token, body);
      } catch (IOException failure) {
        String reason = isRunning() ? "does not answer" : "ended";
        throw new Failure("the service " + reason + ": " + method + " " + path + ": " + failure);
      }
    }

    private static Answer require(String method, String path, Answer answer) {
      if (!answer.isGood()) {
        throw new Failure(method + " " + path + ": " + answer.status() + " " + answer.text());
      }
      return answer;
    }

    private Answer exchange(String method, String path, Token token, Map<String, Object> body)
        throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url).resolve(path))
              .timeout(Duration.ofSeconds(60))
              .method(method, publisher(body));
      if (body != null) {
        request.header("Content-Type", "application/json");
      }
      if (token != null) {
        request.header("Authorization", "Bearer " + token.value());
      }
      HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
      String location = response.headers().firstValue("Location").orElse(null);
      return new Answer(response.statusCode(), response.body(), location);
    }

    private static BodyPublisher publisher(Map<String, Object> body) {
      return body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.write(body));
    }
  }

  /** A job as the service tells of it. */
  private record Job(Map<String, Object> fields, String address) {

    String id() {
      return String.valueOf(fields.get("id"));
    }

    String state() {
      return String.valueOf(fields.get("state"));
    }

    boolean hasFailed() {
      return state().equals("FAILED") || state().equals("CANCELLED");
    }

    boolean hasEnded() {
      return hasFailed() || state().equals("SUCCEEDED");
    }

    List<Step> steps() {
      return ((List<?>) fields.get("steps")).stream().map(Step::of).toList();
    }

    String preparation() {
      if (hasFailed()) {
        throw new Failure("job " + id() + " " + state() + ": " + fields.get("error"));
      }
      return String.valueOf(fields.get("preparation"));
    }
  }

  /** A step of a job. */
  private record Step(
      String name, long done, long total, Number rate, Number eta, boolean begun, boolean ended) {

    static Step of(Object step) {
      Map<?, ?> fields = (Map<?, ?>) step;
      return new Step(
          (String) fields.get("name"),
          number(fields.get("done")),
          number(fields.get("total")),
          (Number) fields.get("rate"),
          (Number) fields.get("etaSeconds"),
          fields.get("startedAt") != null,
          fields.get("endedAt") != null);
    }

    private static long number(Object value) {
      return value instanceof Number number ? number.longValue() : 0;
    }

    String figures() {
      String speed = rate == null ? "" : String.format(Locale.ROOT, "  %.1f/s", rate.doubleValue());
      String left =
          eta == null || ended
              ? ""
              : String.format(Locale.ROOT, "  %.0f s left", eta.doubleValue());
      return done + "/" + total + speed + left;
    }
  }

  /** Shows a job's steps: a bar that moves on a terminal, else a line when a step has ended. */
  private static final class Progress {

    private static final int WIDTH = 30;

    private final boolean moving;
    private final Set<String> shown = new HashSet<>();
    private boolean inLine;

    Progress(boolean moving) {
      this.moving = moving;
    }

    void show(Job job) {
      for (Step step : job.steps()) {
        if (shown.contains(step.name())) {
          continue;
        }
        if (step.ended() || (job.hasEnded() && step.begun())) {
          shown.add(step.name());
          draw(step);
          System.out.println();
          inLine = false;
        } else if (moving && step.begun()) {
          draw(step);
          inLine = true;
        }
      }
      System.out.flush();
    }

    /** Leaves a bar as it is. */
    void endLine() {
      if (inLine) {
        System.out.println();
      }
    }

    private void draw(Step step) {
      String name = String.format(Locale.ROOT, "  %-11s", step.name());
      System.out.print(
          moving ? "\r\033[K" + name + bar(step) + step.figures() : name + step.figures());
    }

    private static String bar(Step step) {
      long filled = step.total() == 0 ? 0 : Math.min(WIDTH, step.done() * WIDTH / step.total());
      int full = step.ended() ? WIDTH : (int) filled;
      return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] ";
    }
  }

  /** Reads NumPy's .npz: a ZIP of .npy files, each with a header that tells its shape. */
  private static final class Npz {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern SHAPE = Pattern.compile("'shape': *(\\([0-9, ]*\\))");

    private Npz() {}

    /** By the array's name its shape, as Python writes a tuple. */
    static Map<String, String> shapes(byte[] npz) {
      try {
        return withFile(npz);
      } catch (IOException failure) {
        throw new Failure("the batch is no .npz file: " + failure);
      }
    }

    private static Map<String, String> withFile(byte[] npz) throws IOException {
      Path file = Files.createTempFile("batch", ".npz");
      try {
        Files.write(file, npz);
        return shapes(file);
      } finally {
        Files.delete(file);
      }
    }

    private static Map<String, String> shapes(Path file) throws IOException {
      Map<String, String> shapes = new LinkedHashMap<>();
      try (ZipFile zip = new ZipFile(file.toFile())) {
        for (ZipEntry entry : new ArrayList<>(zip.stream().toList())) {
          try (InputStream npy = zip.getInputStream(entry)) {
            shapes.put(entry.getName().replaceFirst("\\.npy$", ""), shape(npy));
          }
        }
      }
      return shapes;
    }

    /** Magic, version (2 bytes), the header's length (2 bytes, from version 2 on 4), the header. */
    private static String shape(InputStream npy) throws IOException {
      byte[] start = npy.readNBytes(MAGIC.length + 2);
      if (!ByteBuffer.wrap(MAGIC).equals(ByteBuffer.wrap(start, 0, MAGIC.length))) {
        throw new IOException("no .npy header");
      }
      boolean isShort = start[MAGIC.length] == 1;
      ByteBuffer length =
          ByteBuffer.wrap(npy.readNBytes(isShort ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
      byte[] header = npy.readNBytes(isShort ? length.getShort() & 0xFFFF : length.getInt());
      Matcher shape = SHAPE.matcher(new String(header, StandardCharsets.UTF_8));
      if (!shape.find()) {
        throw new IOException("no shape in the .npy header");
      }
      return shape.group(1);
    }
  }

  /** As much of JSON as the service speaks: objects are maps, numbers are long or double. */
  private static final class Json {

    private final String text;
    private int at;

    private Json(String text) {
      this.text = text;
    }

    static Object read(String text) {
      try {
        return new Json(text).value();
      } catch (StringIndexOutOfBoundsException | NumberFormatException malformed) {
        throw new Failure("not JSON: " + text);
      }
    }

    static String write(Object value) {
      if (value instanceof Map<?, ?> map) {
        List<String> members = new ArrayList<>();
        map.forEach((key, member) -> members.add(write(key) + ":" + write(member)));
        return "{" + String.join(",", members) + "}";
      }
      return value instanceof String string ? quoted(string) : String.valueOf(value);
    }

    private static String quoted(String string) {
      StringBuilder out = new StringBuilder("\"");
      string
          .chars()
          .forEach(
              c -> {
                if (c < ' ') {
                  out.append(String.format(Locale.ROOT, "\\u%04x", c));
                } else {
                  out.append(c == '"' || c == '\\' ? "\\" : "").append((char) c);
                }
              });
      return out.append('"').toString();
    }

    private Object value() {
      return switch (peek()) {
        case '{' -> object();
        case '[' -> array();
        case '"' -> string();
        case 't' -> word("true", true);
        case 'f' -> word("false", false);
        case 'n' -> word("null", null);
        default -> number();
      };
    }

    private Map<String, Object> object() {
      Map<String, Object> members = new LinkedHashMap<>();
      expect('{');
      while (peek() != '}') {
        String key = string();
        expect(':');
        members.put(key, value());
        skipComma('}');
      }
      expect('}');
      return members;
    }

    private List<Object> array() {
      List<Object> elements = new ArrayList<>();
      expect('[');
      while (peek() != ']') {
        elements.add(value());
        skipComma(']');
      }
      expect(']');
      return elements;
    }

    private void skipComma(char end) {
      if (peek() != end) {
        expect(',');
      }
    }

    private String string() {
      expect('"');
      StringBuilder out = new StringBuilder();
      while (text.charAt(at) != '"') {
        char c = text.charAt(at++);
        out.append(c == '\\' ? escaped() : c);
      }
      at++;
      return out.toString();
    }

    private char escaped() {
      char c = text.charAt(at++);
      return switch (c) {
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'u' -> (char) Integer.parseInt(text.substring(at, at += 4), 16);
        default -> c;
      };
    }

    private Object word(String word, Object meaning) {
      if (!text.startsWith(word, at)) {
        throw new NumberFormatException(word);
      }
      at += word.length();
      return meaning;
    }

    private Number number() {
      int start = at;
      while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      String digits = text.substring(start, at);
      if (digits.matches("-?[0-9]+")) {
        return Long.valueOf(digits);
      }
      return Double.valueOf(digits);
    }

    private char peek() {
      while (Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return text.charAt(at);
    }

    private void expect(char c) {
      if (peek() != c) {
        throw new NumberFormatException(text.substring(at));
      }
      at++;
    }
  }
}
