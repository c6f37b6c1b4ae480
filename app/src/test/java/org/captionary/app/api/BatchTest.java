package org.captionary.app.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.captionary.app.api.Api.batch;
import static org.captionary.app.api.Api.bytes;
import static org.captionary.app.api.Api.found;
import static org.captionary.app.door.TestTokens.asAdmin;
import static org.captionary.app.door.TestTokens.asTrainer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.captionary.app.api.ExpectedText.Example;
import org.captionary.app.database.EmbeddedDatabaseResource;
import org.captionary.app.encoding.NpyArray;
import org.captionary.app.encoding.NpzFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a batch holds, in which encoding, under which headers. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class BatchTest {

  private static final Pattern LINK = Pattern.compile("<(/[^>]+)>; rel=\"next\"");
  private static final String NPZ = "application/x-npz";
  private static final String JSON = "application/json";
  private static final int SIDE = 224;

  private PreparedSample prepared;
  private String id;

  @BeforeEach
  void prepare() throws Exception {
    prepared = PreparedSample.get();
    id = prepared.tutorial();
  }

  @Test
  void linksLeadThroughTheWholeEpoch() throws Exception {
    List<Example> walked = new ArrayList<>();
    int batches = 0;
    int count = 0;
    String next = batch(id, "0.npz?size=7");
    while (next != null) {
      Response response = found(asTrainer().get(next));
      batches++;
      count = Integer.parseInt(response.header("Batch-Count"));
      walked.addAll(examples(NpzFile.read(response.asByteArray())));
      next = next(response);
    }
    assertThat(batches).isEqualTo(count);
    assertThat(walked).isEqualTo(withoutPhotos(expected(PreparedSample.TUTORIAL_TEXT, "all")));
  }

  @ParameterizedTest
  @CsvSource({"captions, 0", "captions, 5", "examples, 0", "examples, 5"})
  void aShuffledEpochHoldsEveryExampleOnce(String shuffle, long epoch) throws Exception {
    String query = "?size=50&photo=none&split=train&seed=-3&shuffle=" + shuffle + "&epoch=" + epoch;
    List<Example> pulled = new ArrayList<>();
    Response first = found(asTrainer().get(batch(id, "0.npz" + query)));
    for (int n = Integer.parseInt(first.header("Batch-Count")) - 1; n >= 0; n--) {
      pulled.addAll(examples(NpzFile.read(bytes(batch(id, n + ".npz" + query)))));
    }
    List<Example> expected = withoutPhotos(expected(PreparedSample.TUTORIAL_TEXT, "train"));

    assertThat(withoutPhotos(pulled)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(withoutPhotos(pulled)).isNotEqualTo(expected);
  }

  @Test
  void seedAndEpochDecideTheOrder() throws Exception {
    List<String> bodies = new ArrayList<>();
    for (String order : List.of("seed=7&epoch=1", "seed=8", "seed=8&epoch=1", "seed=7")) {
      byte[] body = bytes(batch(id, "0.npz?photo=none&shuffle=examples&" + order));
      assertThat(bytes(batch(id, "0.npz?photo=none&shuffle=examples&" + order))).isEqualTo(body);
      bodies.add(Arrays.toString(body));
    }
    assertThat(bodies).doesNotHaveDuplicates();
    assertThat(bytes(batch(id, "0.npz?seed=7&epoch=2"))).isEqualTo(bytes(batch(id, "0.npz")));
  }

  @Test
  void safetensorsHoldWhatNpzHolds() throws Exception {
    String query = "?size=13&shuffle=examples";
    Response response = found(asTrainer().get(batch(id, "1.safetensors" + query)));
    Map<String, NpyArray> arrays = NpzFile.read(bytes(batch(id, "1.npz" + query)));
    byte[] file = response.asByteArray();

    assertThat(response.contentType()).isEqualTo("application/vnd.safetensors");
    assertThat(response.header("Content-Length")).isEqualTo(String.valueOf(file.length));
    int start = 8 + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt();
    JsonNode header = JsonMapper.builder().build().readTree(file, 8, start - 8);
    for (String name : arrays.keySet()) {
      JsonNode entry = header.get(name);
      int begin = start + entry.at("/data_offsets/0").asInt();
      int end = start + entry.at("/data_offsets/1").asInt();
      assertThat(Arrays.copyOfRange(file, begin, end)).as(name).isEqualTo(arrays.get(name).data());
    }
    assertThat(
            asTrainer()
                .accept("application/vnd.safetensors")
                .get(batch(id, "1" + query))
                .asByteArray())
        .isEqualTo(file);
  }

  /** A caption is the words before its last word, and that word. */
  @Test
  void sequencesAreWholeCaptionsPaddedOnTheRight() throws Exception {
    List<List<Integer>> rows = new ArrayList<>();
    String query = ".npz?model=sequence&photo=none&size=4&shuffle=captions";
    Response first = found(asTrainer().get(batch(id, 0 + query)));
    for (int n = 0; n < Integer.parseInt(first.header("Batch-Count")); n++) {
      NpyArray targets = NpzFile.read(bytes(batch(id, n + query))).get("targets");
      int length = targets.shape().get(1);
      List<Integer> values = ints(targets);
      for (int at = 0; at < values.size(); at += length) {
        rows.add(values.subList(at, at + length));
      }
    }
    List<Example> examples = expected(PreparedSample.TUTORIAL_TEXT, "all");
    for (int i = 0; i < examples.size(); i++) {
      List<Integer> before = wordsOf(examples.get(i));
      boolean last = i + 1 == examples.size() || wordsOf(examples.get(i + 1)).size() == 1;
      if (last && before.size() < rows.get(0).size()) {
        List<Integer> row = new ArrayList<>(before);
        row.add(examples.get(i).target());
        row.addAll(Collections.nCopies(rows.get(0).size() - row.size(), 0));
        assertThat(rows).contains(row);
      }
    }
  }

  private static List<Integer> wordsOf(Example example) {
    return example.sequence().stream().filter(word -> word > 0).toList();
  }

  @Test
  void wholeSetsHoldTheTextAndTheFeatures() throws Exception {
    String base = Api.PREPARATIONS + id;
    JsonNode manifest = JsonMapper.builder().build().readTree(bytes(base));
    int examples = manifest.get("examples").asInt();
    int length = manifest.get("maxLength").asInt();

    Map<String, NpyArray> words = NpzFile.read(bytes(base + "/words.npz"));
    assertThat(words.get("sequences").shape()).containsExactly(examples, length);
    assertThat(words.get("targets").shape()).containsExactly(examples);
    Map<String, NpyArray> sequences = NpzFile.read(bytes(base + "/sequences.npz"));
    assertThat(sequences.get("targets").shape())
        .containsExactly(manifest.get("captions").asInt(), length);
    Map<String, NpyArray> features = NpzFile.read(bytes(base + "/features.npz"));
    assertThat(features).hasSize(manifest.get("photos").asInt());
    assertThat(new ArrayList<>(features.keySet())).isSorted();
    Map<String, NpyArray> first = NpzFile.read(bytes(batch(id, "0.npz?photos=1")));
    assertThat(features.values()).extracting(NpyArray::data).contains(first.get("photos").data());
  }

  @Test
  void wholeSetsNeverChangeAndSaySo() {
    for (String name : List.of("features.npz", "words.npz", "sequences.npz")) {
      Response response = found(asTrainer().get(Api.PREPARATIONS + id + "/" + name));
      String tag = response.header("ETag");
      assertThat(response.header("Cache-Control")).contains("private").contains("immutable");
      assertThat(
              asTrainer()
                  .header("If-None-Match", tag)
                  .get(Api.PREPARATIONS + id + "/" + name)
                  .statusCode())
          .isEqualTo(304);
      assertThat(asTrainer().head(Api.PREPARATIONS + id + "/" + name).header("ETag"))
          .isEqualTo(tag);
    }
    Api.refused(
        asTrainer().get(Api.PREPARATIONS + id + "/features.npz?layer=fc9"), 400, "layer", "fc9");
  }

  @Test
  void saysWhatATokenMayDo() {
    assertThat(asTrainer().get("/api/token").jsonPath().getString("role")).isEqualTo("trainer");
    assertThat(asAdmin().get("/api/token").jsonPath().getString("role")).isEqualTo("admin");
    assertThat(RestAssured.get("/api/token").statusCode()).isEqualTo(401);
  }

  @Test
  void givesItsClientsToAnybody() {
    for (String client : List.of("captionary.py", "CaptionaryIterator.java")) {
      Response response = RestAssured.get("/clients/" + client);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.asString()).contains("Retry-After");
      assertThat(response.headers().getValues("Cache-Control")).containsExactly("no-cache");
      assertThat(response.contentType()).isEqualTo("text/plain;charset=UTF-8");
      assertThat(
              RestAssured.given()
                  .header("If-None-Match", response.header("ETag"))
                  .get("/clients/" + client)
                  .statusCode())
          .isEqualTo(304);
    }
  }

  @Test
  void hasNoOtherClients() {
    Api.refused(RestAssured.get("/clients/captionary.js"), 404, "client", "captionary.js");
  }

  private static String next(Response response) {
    String link = response.header("Link");
    if (link == null) {
      return null;
    }
    Matcher match = LINK.matcher(link);
    assertThat(match.matches()).as(link).isTrue();
    return match.group(1);
  }

  @Test
  void wholePhotosMakeTheSameEpoch() throws Exception {
    List<Example> walked = new ArrayList<>();
    String next = batch(id, "0.npz?photos=5");
    int photos = 0;
    while (next != null) {
      Response response = found(asTrainer().get(next));
      Map<String, NpyArray> arrays = NpzFile.read(response.asByteArray());
      photos += arrays.get("photos").shape().get(0);
      walked.addAll(examples(arrays));
      next = next(response);
    }
    List<Example> expected = expected(PreparedSample.TUTORIAL_TEXT, "all");
    assertThat(walked).isEqualTo(withoutPhotos(expected));
    // The photo whose only caption is emptied has no example, and takes no number.
    assertThat(photos).isEqualTo(12);
    assertThat(expected.stream().map(Example::photo).distinct()).hasSize(12);
  }

  @ParameterizedTest
  @CsvSource({"dev", "test", "train"})
  void splitHoldsItsOwnExamples(String split) throws Exception {
    Map<String, NpyArray> arrays =
        NpzFile.read(bytes(batch(prepared.rich(), "0.npz?size=65536&photo=none&split=" + split)));
    assertThat(examples(arrays))
        .isNotEmpty()
        .isEqualTo(withoutPhotos(expected(PreparedSample.RICH_TEXT, split)));
  }

  @Test
  void photoIndexLeadsToThePhotoOfTheExample() throws Exception {
    Map<String, NpyArray> arrays = NpzFile.read(bytes(batch(id, "0.npz?size=65536")));
    List<String> photos =
        expected(PreparedSample.TUTORIAL_TEXT, "all").stream().map(Example::photo).toList();
    List<String> distinct = photos.stream().distinct().toList();
    assertThat(arrays.get("photos").shape()).containsExactly(distinct.size(), 512);
    assertThat(ints(arrays.get("photo_index")))
        .isEqualTo(photos.stream().map(distinct::indexOf).toList());
    float[] features = arrays.get("photos").floats();
    for (float feature : features) {
      assertThat(Float.isFinite(feature) && feature >= 0).as("%s", feature).isTrue();
    }
    for (int row = 1; row < distinct.size(); row++) {
      assertThat(arrays.get("photos").row(row)).isNotEqualTo(arrays.get("photos").row(row - 1));
    }
  }

  /** The photo with two files is the one whose first file was drawn for it. */
  @Test
  void pixelsAreThoseOfKeras() throws Exception {
    List<String> photos =
        expected(PreparedSample.TUTORIAL_TEXT, "all").stream()
            .map(Example::photo)
            .distinct()
            .toList();
    String name = prepared.sample().twice();
    int row = photos.indexOf(DirtySample.id(name));
    NpyArray pixels = NpzFile.read(bytes(batch(id, "0.npz?size=65536&photo=pixels"))).get("photos");
    assertThat(pixels.shape()).containsExactly(photos.size(), SIDE, SIDE, 3);
    BufferedImage image = ImageIO.read(prepared.sample().files().photo(name).toFile());
    float[] values = pixels.floats();
    float[] means = {103.939f, 116.779f, 123.68f};
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int rgb = image.getRGB(nearest(x, image.getWidth()), nearest(y, image.getHeight()));
        for (int channel = 0; channel < 3; channel++) {
          float value = values[((row * SIDE + y) * SIDE + x) * 3 + channel] + means[channel];
          // Two decoders may round a colour apart.
          assertThat(Math.abs(value - (rgb >> 8 * channel & 0xff))).isLessThan(4);
        }
      }
    }
  }

  private static int nearest(int place, int length) {
    return (int) ((place + 0.5) * length / SIDE);
  }

  @ParameterizedTest
  @CsvSource({"features", "pixels", "none"})
  void photoNeverChangesTheExamples(String photo) throws Exception {
    Map<String, NpyArray> arrays = NpzFile.read(bytes(batch(id, "1.npz?size=11&photo=" + photo)));
    List<Example> expected = withoutPhotos(expected(PreparedSample.TUTORIAL_TEXT, "all"));
    assertThat(examples(arrays)).isEqualTo(expected.subList(11, 22));
    List<String> names = new ArrayList<>(List.of("photos", "photo_index", "sequences", "targets"));
    if (photo.equals("none")) {
      names.removeAll(List.of("photos", "photo_index"));
    }
    assertThat(arrays.keySet()).containsExactlyElementsOf(names);
  }

  @Test
  void onehotIsTheTargetAsARow() throws Exception {
    int[] targets = NpzFile.read(bytes(batch(id, "0.npz?size=9"))).get("targets").ints();
    NpyArray onehot = NpzFile.read(bytes(batch(id, "0.npz?size=9&target=onehot"))).get("targets");
    int width = vocabularySize();
    assertThat(onehot.shape()).containsExactly(9, width);
    float[] expected = new float[9 * width];
    for (int i = 0; i < 9; i++) {
      expected[i * width + targets[i]] = 1;
    }
    assertThat(onehot.floats()).isEqualTo(expected);
  }

  @Test
  void expandedHasAPhotoRowForEachExample() throws Exception {
    Map<String, NpyArray> compact = NpzFile.read(bytes(batch(id, "0.npz?size=25")));
    Map<String, NpyArray> expanded =
        NpzFile.read(bytes(batch(id, "0.npz?size=25&layout=expanded")));
    assertThat(expanded.keySet()).containsExactly("photos", "sequences", "targets");
    assertThat(expanded.get("photos").shape()).containsExactly(25, 512);
    int[] index = compact.get("photo_index").ints();
    assertThat(Arrays.stream(index).distinct().count()).isGreaterThan(1);
    for (int i = 0; i < index.length; i++) {
      assertThat(expanded.get("photos").row(i)).isEqualTo(compact.get("photos").row(index[i]));
    }
    assertThat(examples(expanded)).isEqualTo(examples(compact));
  }

  @Test
  void aSequenceEndsAtItsMaxLength() throws Exception {
    Map<String, NpyArray> arrays = NpzFile.read(bytes(batch(prepared.rich(), "0.npz?size=50")));
    assertThat(arrays.get("sequences").shape())
        .containsExactly(
            50, new ExpectedText(prepared.sample(), PreparedSample.RICH_TEXT).maxLength());
  }

  @ParameterizedTest
  @CsvSource({
    "size=5",
    "size=5&layout=expanded",
    "size=3&target=onehot",
    "size=200&photo=none",
    "photos=2&layout=expanded&target=onehot"
  })
  void jsonHoldsTheValuesOfNpz(String query) throws Exception {
    Map<String, NpyArray> npz = NpzFile.read(bytes(batch(id, "0.npz?" + query)));
    JsonNode json =
        JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readTree(bytes(batch(id, "0.json?" + query)));
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    assertThat(names).containsExactlyElementsOf(npz.keySet());
    for (String name : names) {
      List<JsonNode> values = new ArrayList<>();
      flatten(json.get(name), npz.get(name).shape(), values);
      if (npz.get(name).descr().equals("<i4")) {
        assertThat(values.stream().map(JsonNode::intValue)).isEqualTo(ints(npz.get(name)));
      } else {
        List<Float> floats = new ArrayList<>();
        for (float value : npz.get(name).floats()) {
          floats.add(value);
        }
        assertThat(values.stream().map(value -> value.decimalValue().floatValue()))
            .isEqualTo(floats);
      }
    }
  }

  private static void flatten(JsonNode node, List<Integer> shape, List<JsonNode> values) {
    if (shape.isEmpty()) {
      assertThat(node.isNumber()).isTrue();
      values.add(node);
      return;
    }
    assertThat(node.isArray()).isTrue();
    assertThat(node).hasSize(shape.get(0));
    node.forEach(inner -> flatten(inner, shape.subList(1, shape.size()), values));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0      | */*                                       | application/json",
        "0      | application/json                          | application/json",
        "0      | application/x-npz                         | application/x-npz",
        "0      | application/x-npz, application/json;q=0.5 | application/x-npz",
        "0      | application/json;q=0.4, application/*     | application/x-npz",
        "0      | application/x-npz;q=0, */*                | application/json",
        "0      | image/png, application/json;q=0.1         | application/json",
        "0.npz  | application/json                          | application/x-npz",
        "0.json | application/x-npz                         | application/json",
        "0.npz  | image/png                                 | application/x-npz"
      })
  void suffixOrAcceptChoosesTheEncoding(String name, String accept, String type) {
    Response response = found(asTrainer().accept(accept).get(batch(id, name)));
    assertThat(response.contentType()).isEqualTo(type);
    assertThat(response.headers().getValues("Vary")).containsExactly("Accept");
  }

  @Test
  void withoutAcceptItIsJson() throws Exception {
    java.net.http.HttpResponse<String> response =
        java.net.http.HttpClient.newHttpClient()
            .send(
                java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create(
                            "http://localhost:" + io.restassured.RestAssured.port + batch(id, 0)))
                    .header("Authorization", "Bearer " + org.captionary.app.door.TestTokens.TRAINER)
                    .build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(JSON);
  }

  @Test
  void otherEncodingsAreNotAcceptable() {
    Response response = asTrainer().accept("image/png").get(batch(id, 0));
    assertThat(response.statusCode()).isEqualTo(406);
    assertThat(response.contentType()).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({"0.npz", "0.json"})
  void headersLetItBeKeptForever(String name) {
    Response response = found(asTrainer().get(batch(id, name + "?size=4")));
    assertThat(response.header("ETag")).matches("\"[0-9a-f]{64}\"");
    assertThat(response.header("Cache-Control")).contains("immutable", "max-age=31536000");
    assertThat(response.header("Batch-Count")).isEqualTo(batchesOf(4));
    assertThat(next(response)).isEqualTo(batch(id, name.replace('0', '1') + "?size=4"));
  }

  private String batchesOf(int size) {
    int examples = found(asTrainer().get(Api.PREPARATIONS + id)).path("servableExamples");
    return String.valueOf((examples + size - 1) / size);
  }

  @Test
  void lengthOfNpzIsToldBeforehand() {
    Response response = found(asTrainer().get(batch(id, "0.npz?photo=pixels&size=20")));
    assertThat(response.header("Content-Length"))
        .isEqualTo(String.valueOf(response.asByteArray().length));
  }

  @Test
  void linkCarriesTheEncodingThatWasChosen() {
    Response response = found(asTrainer().accept(NPZ).get(batch(id, "0?size=4&split=train")));
    assertThat(next(response)).isEqualTo(batch(id, "1.npz?size=4&split=train"));
  }

  @Test
  void tagsDifferWithEncodingQueryNumberAndPreparation() {
    List<String> tags =
        List.of(
            tag(batch(id, "0.npz?size=4")),
            tag(batch(id, "0.json?size=4")),
            tag(batch(id, "1.npz?size=4")),
            tag(batch(id, "0.npz?size=5")),
            tag(batch(id, "0.npz?photos=4")),
            tag(batch(id, "0.npz?size=4&split=train")),
            tag(batch(id, "0.npz?size=4&photo=none")),
            tag(batch(id, "0.npz?size=4&target=onehot")),
            tag(batch(id, "0.npz?size=4&layout=expanded")),
            tag(batch(prepared.rich(), "0.npz?size=4")));
    assertThat(tags).doesNotHaveDuplicates();
    assertThat(tag(batch(id, "0.npz?size=32&target=index&split=all&model=word&shuffle=none")))
        .isEqualTo(tag(batch(id, "0.npz")));
  }

  private static String tag(String path) {
    return found(asTrainer().get(path)).header("ETag");
  }

  @Test
  void whoHasItGetsNoBody() {
    String path = batch(id, "0.npz?size=4");
    String tag = tag(path);
    for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
      Response response = asTrainer().header("If-None-Match", known).get(path);
      assertThat(response.statusCode()).as(known).isEqualTo(304);
      assertThat(response.asByteArray()).isEmpty();
      assertThat(response.header("ETag")).isEqualTo(tag);
      assertThat(response.header("Cache-Control")).contains("immutable");
      assertThat(response.headers().getValues("Vary")).containsExactly("Accept");
    }
    Response chosen =
        asTrainer().accept(NPZ).header("If-None-Match", tag).get(batch(id, "0?size=4"));
    assertThat(chosen.statusCode()).isEqualTo(304);
    assertThat(chosen.headers().getValues("Vary")).containsExactly("Accept");
    String json = tag(batch(id, "0.json?size=4"));
    assertThat(asTrainer().header("If-None-Match", json).get(path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"1.npz?size=9", "1.json?size=9", "0.npz?photos=3&photo=pixels"})
  void sameAddressGivesTheSameBytes(String name) {
    assertThat(bytes(batch(id, name))).isEqualTo(bytes(batch(id, name)));
  }

  @Test
  void adminMayReadBatchesToo() {
    assertThat(asAdmin().get(batch(id, 0)).statusCode()).isEqualTo(200);
  }

  @Test
  void severalLayersMustBeToldApart() throws Exception {
    String two =
        Api.prepare(
            PreparedSample.NAME, Map.of("limit", 2, "features", List.of("block5_pool", "avg")));
    assertThat(
            Api.refused(asTrainer().get(batch(two, "0.npz")), 400, "layer", null)
                .getList("allowed"))
        .containsExactly("block5_pool", "avg");
    Api.refused(asTrainer().get(batch(two, "0.npz?layer=fc1")), 400, "layer", "fc1");
    NpyArray pool =
        NpzFile.read(bytes(batch(two, "0.npz?photos=2&layer=block5_pool"))).get("photos");
    NpyArray avg = NpzFile.read(bytes(batch(two, "0.npz?photos=2&layer=avg"))).get("photos");
    assertThat(pool.shape()).containsExactly(avg.shape().get(0), 7, 7, 512);
    float[] means = avg.floats();
    float[] places = pool.floats();
    for (int channel = 0; channel < 512; channel++) {
      double sum = 0;
      for (int place = 0; place < 49; place++) {
        sum += places[place * 512 + channel];
      }
      assertThat(means[channel])
          .isCloseTo((float) (sum / 49), org.assertj.core.data.Percentage.withPercentage(0.01));
    }
    assertThat(bytes(batch(two, "0.npz?photo=none"))).isNotEmpty();
  }

  private int vocabularySize() {
    return found(asTrainer().get(Api.PREPARATIONS + id)).path("vocabularySize");
  }

  private List<Example> expected(ExpectedText.Choice choice, String split) throws Exception {
    return new ExpectedText(prepared.sample(), choice).examples(split);
  }

  private static List<Example> withoutPhotos(List<Example> examples) {
    return examples.stream().map(e -> new Example("", e.sequence(), e.target())).toList();
  }

  private static List<Example> examples(Map<String, NpyArray> arrays) {
    List<Integer> sequences = ints(arrays.get("sequences"));
    int[] targets = arrays.get("targets").ints();
    int length = arrays.get("sequences").shape().get(1);
    assertThat(arrays.get("sequences").shape()).containsExactly(targets.length, length);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < targets.length; i++) {
      examples.add(new Example("", sequences.subList(i * length, (i + 1) * length), targets[i]));
    }
    return Collections.unmodifiableList(examples);
  }

  private static List<Integer> ints(NpyArray array) {
    return Arrays.stream(array.ints()).boxed().toList();
  }
}
