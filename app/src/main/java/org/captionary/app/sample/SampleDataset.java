package org.captionary.app.sample;

import static org.captionary.app.sample.SampleFolder.begin;
import static org.captionary.app.sample.SampleFolder.finish;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A data set that needs no download: drawn scenes, each with five captions that describe it, in
 * Flickr8k's layout.
 *
 * <ul>
 *   <li>{@code Flicker8k_Dataset/*.jpg}: the photos
 *   <li>{@code Flickr8k_text/Flickr8k.token.txt}: {@code name.jpg#k}, a tab, a caption; k is 0 to 4
 *   <li>{@code Flickr8k_text/Flickr_8k.trainImages.txt}, {@code devImages}, {@code testImages}: a
 *       photo's file name a line; of every eight photos six, one and one
 * </ul>
 *
 * <p>The same parameters give the same bytes. Photo i, with its captions and its split, depends on
 * the seed, i and the image's size alone, not on how many photos there are. Memory does not grow
 * with the number of photos.
 *
 * @param photos 1 to 100,000,000
 * @param seed any; another gives other photos
 * @param width pixels, 64 to 4,096
 * @param height pixels, 64 to 4,096
 */
public record SampleDataset(int photos, long seed, int width, int height) {

  public static final int DEFAULT_PHOTOS = 60;
  public static final long DEFAULT_SEED = 1;
  public static final int DEFAULT_WIDTH = 320;
  public static final int DEFAULT_HEIGHT = 240;

  private static final int MOST_PHOTOS = 100_000_000;
  private static final int SHORTEST_SIDE = 64;
  private static final int LONGEST_SIDE = 4096;

  /** Goes up when the same parameters come to give other bytes. */
  private static final int VERSION = 1;

  /**
   * @throws IllegalArgumentException naming the parameter that is out of bounds, and its value
   */
  public SampleDataset {
    requireWithin("photos", photos, 1, MOST_PHOTOS);
    requireWithin("width", width, SHORTEST_SIDE, LONGEST_SIDE);
    requireWithin("height", height, SHORTEST_SIDE, LONGEST_SIDE);
  }

  /** Captions in the whole sample. */
  public long captions() {
    return (long) photos * CaptionWriter.CAPTIONS_PER_PHOTO;
  }

  /**
   * Writes the sample. A folder in which the same sample was begun is completed: photos that are
   * there stay, the texts are replaced by the same ones. Killed at any moment, no file with a final
   * name is left half-written, and the texts come last.
   *
   * @param folder new, empty, or holding this sample
   * @throws IllegalArgumentException if the folder holds something else; nothing is changed then
   * @throws IOException if a file cannot be written
   */
  public void write(Path folder) throws IOException {
    SampleFolder files = new SampleFolder(folder);
    files.claim(description());
    writeFiles(files);
    finish(files.captions());
    for (SampleSplit split : SampleSplit.values()) {
      finish(files.split(split));
    }
  }

  private void writeFiles(SampleFolder files) throws IOException {
    try (BufferedWriter captions = begin(files.captions());
        BufferedWriter train = begin(files.split(SampleSplit.TRAIN));
        BufferedWriter dev = begin(files.split(SampleSplit.DEV));
        BufferedWriter test = begin(files.split(SampleSplit.TEST))) {
      for (int i = 0; i < photos; i++) {
        SamplePhoto photo = photo(i);
        files.addPhoto(photo);
        writeCaptions(photo, captions);
        BufferedWriter list =
            switch (photo.split()) {
              case TRAIN -> train;
              case DEV -> dev;
              case TEST -> test;
            };
        list.write(photo.fileName() + "\n");
      }
    }
  }

  private static void writeCaptions(SamplePhoto photo, BufferedWriter captions) throws IOException {
    for (int k = 0; k < photo.captions().size(); k++) {
      captions.write(photo.fileName() + "#" + k + "\t" + photo.captions().get(k) + "\n");
    }
  }

  SamplePhoto photo(int number) {
    return SamplePhoto.of(seed, number, width, height);
  }

  private String description() {
    return "version="
        + VERSION
        + "\nphotos="
        + photos
        + "\nseed="
        + seed
        + "\nwidth="
        + width
        + "\nheight="
        + height
        + "\n";
  }

  private static void requireWithin(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": " + value + " is not between " + least + " and " + most);
    }
  }
}
