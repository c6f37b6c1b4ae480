package org.captionary.inference.download;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.captionary.domain.InvalidInputException;

/**
 * Fetches the published file of ImageNet weights once into a folder: a download that breaks goes on
 * where it was, also after a restart; of several processes on the folder one downloads, the others
 * wait; what has the file's name is whole and has the publisher's checksum.
 */
public final class Download {

  private static final Logger LOG = System.getLogger(Download.class.getName());

  private final Path folder;
  private final List<Source> sources;
  private final Patience patience;
  private final LongSupplier freeSpace;

  Download(Path folder, List<Source> sources, Patience patience, LongSupplier freeSpace) {
    this.folder = folder;
    this.sources = List.copyOf(sources);
    this.patience = patience;
    this.freeSpace = freeSpace;
  }

  /**
   * @param folder made if missing
   * @param key the setting that names the addresses, for what is said of them
   * @param addresses in the order in which they are tried
   * @throws InvalidInputException on {@code key}, if one is no address of a file whose checksum is
   *     known
   */
  public static Download into(Path folder, String key, List<String> addresses) {
    List<Source> sources = addresses.stream().map(address -> source(key, address.strip())).toList();
    return new Download(folder, sources, Patience.USUAL, () -> freeSpace(folder));
  }

  private static Source source(String key, String address) {
    return parse(address)
        .flatMap(OfficialFile::at)
        .orElseThrow(() -> new InvalidInputException(key, address, allowed()));
  }

  private static Optional<URI> parse(String address) {
    try {
      return Optional.of(URI.create(address))
          .filter(uri -> uri.getHost() != null)
          .filter(uri -> List.of("http", "https").contains(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String allowed() {
    return Arrays.stream(OfficialFile.values())
        .map(OfficialFile::fileName)
        .collect(Collectors.joining(" or ", "http and https addresses that end in ", ""));
  }

  private static long freeSpace(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE; // whether it suffices will be seen
    }
  }

  /**
   * The file, downloaded unless it is there.
   *
   * @param trusted whether a file was checked before; if not, it is checked now
   * @throws DownloadException naming each address and what was wrong with it
   * @throws InterruptedException if the thread is interrupted; what has come is kept
   */
  public Path fetch(Predicate<Path> trusted) throws DownloadException, InterruptedException {
    try {
      Optional<Path> there = present(trusted);
      return there.isPresent() ? there.get() : fetchAlone(trusted);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new DownloadException("%s cannot be used: %s".formatted(folder, e));
    }
  }

  /** Needs no lock, so that a folder that cannot be written serves as well. */
  private Optional<Path> present(Predicate<Path> trusted) throws IOException, DownloadException {
    for (Source source : sources) {
      Path file = folder.resolve(source.fileName());
      if (Files.exists(file)) {
        requireOfficial(file, source, trusted);
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static void requireOfficial(Path file, Source source, Predicate<Path> trusted)
      throws IOException, DownloadException {
    if (!trusted.test(file) && !source.checksum().fits(file)) {
      throw new DownloadException(
          "%s is not the published file: its checksum is not %s. Delete it, and it is downloaded; to use it as it is, name its path instead of imagenet"
              .formatted(file, source.checksum()));
    }
  }

  private Path fetchAlone(Predicate<Path> trusted)
      throws IOException, DownloadException, InterruptedException {
    Files.createDirectories(folder);
    FolderLock lock = FolderLock.take(folder);
    try {
      // Another process may have fetched it while this one waited.
      Optional<Path> there = present(trusted);
      return there.isPresent() ? there.get() : fetchFromFirstThatHasIt();
    } finally {
      lock.close();
    }
  }

  private Path fetchFromFirstThatHasIt() throws DownloadException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience.connect())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(new EnvironmentProxy(ProxySelector.getDefault(), System.getenv()))
            .build();
    List<String> failures = new ArrayList<>();
    for (Source source : sources) {
      LOG.log(Level.INFO, "Downloading {0} into {1}", source.address(), folder);
      try {
        return transfer(source, client);
      } catch (FolderException e) {
        throw new DownloadException(e.getMessage());
      } catch (IOException e) {
        failures.add("%s: %s".formatted(source.address(), e.getMessage()));
        LOG.log(Level.WARNING, failures.get(failures.size() - 1));
      }
    }
    throw new DownloadException(String.join("; ", failures) + ". " + byHand(sources.get(0)));
  }

  private Path transfer(Source source, HttpClient client) throws IOException, InterruptedException {
    Path target = folder.resolve(source.fileName());
    PartFile part = new PartFile(folder, source.fileName());
    new Transfer(source, part, patience, freeSpace).run(client, target);
    LOG.log(Level.INFO, "{0} is there", target);
    return target;
  }

  private String byHand(Source source) {
    return "To place it by hand: curl -fL -o '%s' %s (%s) and start again; or set CAPTIONARY_VGG16_WEIGHTS to the path of a copy"
        .formatted(folder.resolve(source.fileName()), source.address(), source.checksum());
  }
}
