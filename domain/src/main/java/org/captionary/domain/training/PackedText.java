package org.captionary.domain.training;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.captionary.domain.photo.ContentHash;
import org.captionary.domain.photo.PhotoId;
import org.captionary.domain.photo.Split;
import org.captionary.domain.training.EncodedPhoto.Place;
import org.captionary.domain.training.ExampleRepository.LengthRank;
import org.captionary.domain.vocabulary.EncodedCaption;

/**
 * The servable photos of a preparation with their captions, in memory. A photo takes its content's
 * hash (32 bytes), its id and 40 bytes of numbers; a caption one or two bytes a word and 9 of
 * numbers: of Flickr8k about 200 bytes a photo with five captions, 40 a caption.
 *
 * <p>Each photo is laid down as its split (0 for none, else the place in {@link #splits} from 1),
 * the length of its id and the id in UTF-8, the hash, the number of captions, and for each caption
 * its length and its words; all numbers in LEB128.
 */
final class PackedText {

  private static final int HASH = 32;

  private final PackedBytes bytes = new PackedBytes();
  private final Ints offsets = new Ints();
  private final Ints placeInSplit = new Ints();
  private final List<Split> splits = new ArrayList<>();
  private final Map<Split, Numbers> numbers = new HashMap<>();

  PackedText() {
    numbers.put(Split.ALL, new Numbers());
  }

  /** Where the units of a split's photos begin. Photos count from 0 in the order of ids. */
  private static final class Numbers {

    /** The photo's number among all; not filled for all photos themselves. */
    private final Ints photos = new Ints();

    private final Ints withExamples = new Ints();
    private final Ints captions = new Ints();
    private final Ints examples = new Ints();
    private final Map<Integer, Ints> captionsByExamples = new HashMap<>();

    void add(Place place, List<EncodedCaption> own) {
      withExamples.add(place.photoWithExamples());
      captions.add(place.caption());
      examples.add(place.example());
      long number = place.caption();
      for (EncodedCaption caption : own) {
        captionsByExamples
            .computeIfAbsent(EncodedPhoto.examples(caption), length -> new Ints())
            .add(number++);
      }
    }

    Place place(int photo) {
      return new Place(photo, withExamples.at(photo), captions.at(photo), examples.at(photo));
    }

    /** The photo that holds a unit. Those that hold none have the number of the next. */
    int holding(Unit unit, long number) {
      return switch (unit) {
        case PHOTO -> (int) number;
        case PHOTO_WITH_EXAMPLES -> withExamples.lastUpTo(number);
        case CAPTION -> captions.lastUpTo(number);
        case EXAMPLE -> examples.lastUpTo(number);
      };
    }

    long bytes() {
      long lists = captionsByExamples.values().stream().mapToLong(Ints::bytes).sum();
      return lists + photos.bytes() + withExamples.bytes() + captions.bytes() + examples.bytes();
    }
  }

  /** About what it takes in memory. */
  long bytes() {
    long ofNumbers = numbers.values().stream().mapToLong(Numbers::bytes).sum();
    return bytes.size() + offsets.bytes() + placeInSplit.bytes() + ofNumbers;
  }

  /** Adds the next photo in the order of ids; one that cannot be served is left out. */
  void add(EncodedPhoto photo) {
    if (photo.inAll().isEmpty()) {
      return;
    }
    offsets.add(bytes.size());
    numbers.get(Split.ALL).add(photo.inAll().get(), photo.captions());
    placeInSplit.add(photo.inSplit().map(Place::photo).orElse(-1L));
    photo.inSplit().ifPresent(place -> addToSplit(photo, place));
    bytes.putNumber(photo.split().map(this::number).orElse(0));
    byte[] id = photo.photo().value().getBytes(StandardCharsets.UTF_8);
    bytes.putNumber(id.length);
    bytes.put(id);
    bytes.put(photo.content().orElseThrow().bytes());
    bytes.putNumber(photo.captions().size());
    photo.captions().forEach(this::put);
  }

  private void addToSplit(EncodedPhoto photo, Place place) {
    Numbers own = numbers.computeIfAbsent(photo.split().orElseThrow(), split -> new Numbers());
    own.photos.add(photo.inAll().orElseThrow().photo());
    own.add(place, photo.captions());
  }

  private int number(Split split) {
    if (!splits.contains(split)) {
      splits.add(split);
    }
    return splits.indexOf(split) + 1;
  }

  private void put(EncodedCaption caption) {
    bytes.putNumber(caption.length());
    for (int word = 0; word < caption.length(); word++) {
      bytes.putNumber(caption.at(word));
    }
  }

  /** The photo that holds a unit of a split with this number, below the split's count. */
  EncodedPhoto holding(Split split, Unit unit, long number) {
    Numbers of = numbers.get(split);
    return photo(split, of.holding(unit, number));
  }

  /** As {@link ExampleRepository#between}. */
  List<EncodedPhoto> between(Split split, Unit unit, long from, long to) {
    List<EncodedPhoto> found = new ArrayList<>();
    if (from < to) {
      int last = numbers.get(split).holding(unit, to - 1);
      for (int place = numbers.get(split).holding(unit, from); place <= last; place++) {
        EncodedPhoto photo = photo(split, place);
        if (photo.count(unit) > 0) {
          found.add(photo);
        }
      }
    }
    return found;
  }

  /** As {@link ExampleRepository#captionNumbers}, of one caption. */
  long captionNumber(Split split, LengthRank caption) {
    return numbers
        .get(split)
        .captionsByExamples
        .get(caption.examples())
        .at(Math.toIntExact(caption.rank()));
  }

  private EncodedPhoto photo(Split split, int place) {
    int photo = split.isAll() ? place : numbers.get(split).photos.at(place);
    PackedBytes.Reader in = bytes.at(offsets.at(photo));
    int own = in.number();
    Optional<Split> ownSplit = own == 0 ? Optional.empty() : Optional.of(splits.get(own - 1));
    PhotoId id = new PhotoId(new String(in.bytes(in.number()), StandardCharsets.UTF_8));
    ContentHash content = ContentHash.ofDigest(in.bytes(HASH));
    return new EncodedPhoto(
        id,
        ownSplit,
        Optional.of(content),
        captions(in),
        Optional.of(numbers.get(Split.ALL).place(photo)),
        ownSplit.map(of -> numbers.get(of).place(placeInSplit.at(photo))));
  }

  private static List<EncodedCaption> captions(PackedBytes.Reader in) {
    EncodedCaption[] captions = new EncodedCaption[in.number()];
    for (int i = 0; i < captions.length; i++) {
      int[] words = new int[in.number()];
      for (int word = 0; word < words.length; word++) {
        words[word] = in.number();
      }
      captions[i] = new EncodedCaption(words);
    }
    return List.of(captions);
  }
}
