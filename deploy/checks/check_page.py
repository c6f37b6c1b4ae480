"""The page in a real browser: an empty installation, signing in, a data set, a job that is watched to
its end, its preparation, a photo, and the code that the page gives, run as it was copied."""

import json
import os
import pathlib
import re
import subprocess
import tempfile

from browser import page_of
from expect import equal
from service import ROOT, Service, draw_sample

PHOTOS = 30
SIZE = 16
REQUIREMENTS = {"PyTorch": "trainers/requirements-torch.txt"}
JARS = ROOT / "app/target/quarkus-app/lib/main"


def first_start(page, service):
    page.goto(service.url + "/")
    page.get_by_label("Token").fill("not-a-token-of-this-service")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("This token is not, or no longer, valid.").wait_for()
    page.get_by_label("Token").fill(service.token)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Welcome to Captionary").wait_for()
    page.reload()
    page.get_by_role("heading", name="Welcome to Captionary").wait_for()
    print("signs in, stays signed in, and says what to do first")


def register(page, sample):
    page.get_by_role("link", name="Register a data set").click()
    texts = sample / "Flickr8k_text"
    page.get_by_label("Name", exact=True).fill("sample")
    page.locator("[name=photos]").fill("/etc")
    page.locator("[name=captions]").fill(str(texts / "Flickr8k.token.txt"))
    page.get_by_text("Splits and human judgements").click()
    for split in ("train", "dev", "test"):
        page.locator(f"[name='splits.{split}']").fill(str(texts / f"Flickr_8k.{split}Images.txt"))
    page.get_by_role("button", name="Register").click()
    page.locator("[data-for=photos]").get_by_text("photos cannot be").wait_for()
    page.locator("[name=photos]").fill(str(sample / "Flicker8k_Dataset"))
    page.get_by_role("button", name="Register").click()
    page.get_by_role("heading", name="Compose a recipe").wait_for()
    page.get_by_text("files were not read yet").wait_for()
    print("registers, and shows a refusal beside its field")


def chip(page, state):
    page.locator("main header .chip", has_text=state).wait_for(timeout=180_000)


def watch(page):
    """Every value that the bar of a step shows, until the job has succeeded."""
    bars = page.locator(".step progress")
    seen = set()
    while page.locator("main header .chip", has_text="succeeded").count() == 0:
        if page.locator("main header .chip", has_text="failed").count():
            raise SystemExit("the job failed")
        if bars.count():
            seen.add(bars.last.evaluate("bar => `${bar.value}/${bar.max}`"))
        page.wait_for_timeout(100)
    return seen


def run_job(page):
    page.get_by_role("button", name="Start the job").click()
    page.get_by_role("heading", name="Job 1").wait_for()
    seen = watch(page)
    if not any(0 < int(s.split("/")[0]) < int(s.split("/")[1]) for s in seen):
        raise SystemExit(f"the bar has not moved on its way: {sorted(seen)}")
    print(f"the bar of features stood at {len(seen)} places")


def second_job(page, service):
    """By a recipe that was tried first; held back and let go on."""
    page.goto(service.url + "/#/datasets/sample/prepare")
    page.get_by_label("Of each photo").select_option("all")
    page.get_by_label("Vocabulary from").select_option("train")
    page.get_by_label("Start and end words").fill("startseq endseq")
    page.get_by_label("block5_pool").check()
    recipe = {"captions": "all", "fitOn": "train", "startEnd": True, "features": ["avg", "block5_pool"]}
    told = service.json("/api/datasets/sample/recipes/preview", {"recipe": recipe})
    figure = page.locator(".preview .figures div", has_text="Examples").locator("dd")
    page.wait_for_function(
        "wanted => document.querySelector('.preview .figures')?.innerText.includes(wanted)",
        arg=f"{told['examples']:,}",
    )
    equal("examples of the preview", figure.first.inner_text(), f"{told['examples']:,}")
    equal("recipe", json.loads(page.locator("details .code code").text_content()), recipe)
    page.get_by_label("Least count").fill("0")
    page.locator("[data-for=minCount]").get_by_text("minCount cannot be").wait_for()
    page.get_by_label("Least count").fill("")
    page.get_by_role("button", name="Start the job").click()
    page.get_by_role("button", name="Pause").wait_for()
    failures = "**/api/admin/jobs/*/failures"
    busy = {"title": "Busy", "detail": "come again"}
    page.route(failures, lambda route: route.fulfill(status=503, json=busy))
    page.get_by_role("button", name="Pause").click()
    chip(page, "paused")
    page.get_by_text("come again").wait_for()
    page.unroute(failures)
    # The view is left while it still waits for them.
    page.route(failures, lambda route: None)
    page.get_by_role("button", name="Resume").click()
    watch(page)
    page.get_by_role("link", name="Open the preparation").click()
    page.get_by_role("heading", name="Words in a caption").wait_for()
    page.unroute(failures)
    print("previews a recipe, starts a job, pauses it and lets it go on")
    return page.url.rpartition("/")[2]


def figures(page, service, preparation):
    manifest = service.json(f"/api/preparations/{preparation}")
    shown = dict(page.locator("main > .stack > .figures > div").evaluate_all(
        "all => all.map(d => [d.children[0].innerText, d.children[1].innerText])"))
    equal("vocabulary size", shown["Vocabulary size"], f"{manifest['vocabularySize']:,}")
    equal("examples", shown["Examples"], f"{manifest['examples']:,}")
    lengths = service.json(f"/api/preparations/{preparation}/lengths")
    equal("bars", page.locator(".plot rect").count() >= len(lengths), True)
    equal("curve", page.locator(".plot .curve").count(), 1)
    return manifest


def words(page, service, preparation):
    page.get_by_role("link", name="Vocabulary").click()
    page.get_by_label("Find words").wait_for()
    index = service.json(f"/api/preparations/{preparation}/vocabulary")["wordIndex"]
    word = sorted(index)[len(index) // 2]
    page.keyboard.press("/")
    page.keyboard.type(word)
    row = page.locator("tbody tr").first
    equal("the word found", row.locator("td").nth(1).inner_text(), word)
    equal("its index", row.locator("td").nth(0).inner_text(), str(index[word]))
    print(f"finds {word!r}")


def browse(page, service, preparation):
    page.get_by_role("link", name="Photos", exact=True).click()
    page.locator(".photos img").first.wait_for()
    page.locator(".photos a").first.click()
    page.locator(".photo img").wait_for()
    equal("a photo", page.locator(".photo img").evaluate("i => i.naturalWidth > 0"), True)
    first = service.json(f"/api/preparations/{preparation}/photos?limit=1")["photos"][0]
    caption = first["captions"][0]
    stages = page.locator(".stages").first.locator("dd")
    equal("raw", stages.nth(0).inner_text(), caption["raw"])
    equal("cleaned", stages.nth(1).inner_text(), " ".join(caption["tokens"]))
    indices = stages.nth(2).locator("small").all_inner_texts()
    equal("encoded", indices, [str(i) for i in caption["encoded"]])
    rows = page.locator(".unrolled").first.locator("tbody tr")
    equal("examples", rows.count(), len(caption["encoded"]) - 1)
    page.get_by_label("As padded indices").first.check()
    equal("the last", rows.last.locator("td").nth(1).inner_text(), indices[-1])
    page.get_by_text("Mean over 512 channels").wait_for()
    colours = page.locator("canvas").first.evaluate(
        "c => new Set(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).size")
    equal("a heat map of many colours", colours > 20, True)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("id => document.querySelector('h1').textContent !== id", arg=first["id"])
    print("shows a photo, its features, and its caption raw, clean, encoded and unrolled")


def quarantine(page, service, broken):
    page.goto(service.url + "/#/datasets/sample/quarantine")
    row = page.locator("tbody tr", has_text=broken)
    row.get_by_text("truncated").wait_for()
    row.locator("img, .frame span").first.wait_for()
    print("shows the quarantined photo with its reason")


def copied(page, label):
    button = page.get_by_role("button", name=f"Copy: {label}")
    button.click()
    page.get_by_text("Copied").first.wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def shell(commands, requirements, folder, environment):
    """With the packages that other checks have fetched, as PyTorch's alone take gigabytes."""
    venv = ROOT / "deploy/in-venv.sh", ROOT / "deploy" / requirements
    done = subprocess.run(
        [*map(str, venv), "bash", "-ec", commands],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"{commands}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


def run_copied(page, language, scratch, file):
    """What the page gives for a language, as it stands on the clipboard; what that prints."""
    folder = scratch / language
    folder.mkdir()
    (folder / "lib").symlink_to(JARS)
    page.get_by_role("tab", name=language, exact=True).click()
    commands = copied(page, "Shell")
    if file:
        (folder / file).write_text(copied(page, file))
    commands += "\n" + copied(page, "Run")
    environment = {key: value for key, value in os.environ.items() if key != "CAPTIONARY_TOKEN"}
    requirements = REQUIREMENTS.get(language, "checks/requirements.txt")
    return shell(commands, requirements, folder, environment)


def pull(page, service, manifest, scratch):
    page.goto(f"{service.url}/#/preparations/{manifest['id']}/pull")
    page.get_by_label("Layer").select_option("avg")
    page.get_by_label("Examples a batch").fill(str(SIZE))
    length = manifest["maxLength"]
    said = {
        "Python": ("pull.py", rf"'sequences': \({SIZE}, {length}\).*'targets': \({SIZE},\)"),
        "Keras": ("train.py", r"loss: \d"),
        "PyTorch": ("pull.py", rf"'photos': \({SIZE}, 512\)"),
        "Java": ("Pull.java", rf"\[{SIZE}, 512\]\n\[{SIZE}, {length}\]\n\[{SIZE}, {manifest['vocabularySize']}\]"),
        "curl": (None, r"(?i)batch-count: \d+"),
    }
    for language, (file, pattern) in said.items():
        output = run_copied(page, language, scratch, file)
        if not re.search(pattern, output):
            raise SystemExit(f"{language}: {pattern} is not in {output[-2000:]}")
        print(f"{language}: the copied code runs")


def narrow(page, service, manifest):
    """No view is wider than a telephone, or jumps while it comes."""
    page.set_viewport_size({"width": 390, "height": 844})
    base = f"#/preparations/{manifest['id']}"
    for view in ("#/", "#/datasets", "#/register", "#/datasets/sample", "#/datasets/sample/prepare", "#/jobs",
                 "#/jobs/1", "#/datasets/sample/quarantine", base, base + "/vocabulary", base + "/photos", base + "/pull"):
        page.evaluate("window.shifts = 0")
        page.goto(f"{service.url}/{view}")
        page.wait_for_timeout(600)
        root = "document.documentElement"
        wide = page.evaluate(f"Math.max(0, {root}.scrollWidth - {root}.clientWidth)")
        equal(f"pixels that {view} is too wide", wide, 0)
        equal(f"{view} jumps", page.evaluate("window.shifts") > 0.02, False)
    print("every view fits a telephone, and nothing jumps")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()


def as_trainer(page, service, manifest):
    """Who may only read sees what may be read, and no door that would stay shut."""
    page.get_by_label("Token").fill((service.data_dir / "tokens/trainer").read_text().strip())
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Overview").wait_for()
    equal("the bar", page.locator(".bar nav a").all_inner_texts(), ["Data sets", "Preparations"])
    for view in ("datasets/sample", f"preparations/{manifest['id']}", "datasets/sample/prepare"):
        page.goto(f"{service.url}/#/{view}")
        page.locator("h1", has_not_text="cannot be shown").wait_for()
        equal("buttons that delete", page.get_by_role("button", name="Delete").count(), 0)
    equal("start", page.get_by_role("button", name="Start the job").is_disabled(), True)
    print("a trainer's token shows what a trainer may see")


def main():
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        sample = draw_sample(scratch, PHOTOS)
        broken = sorted((sample / "Flicker8k_Dataset").iterdir())[3]
        broken.write_bytes(broken.read_bytes()[: broken.stat().st_size // 2])
        with Service(scratch / "data", [scratch]) as service, page_of(service.url) as page:
            first_start(page, service)
            register(page, sample)
            run_job(page)
            preparation = second_job(page, service)
            manifest = figures(page, service, preparation)
            words(page, service, preparation)
            browse(page, service, preparation)
            quarantine(page, service, broken.name)
            pull(page, service, manifest, scratch)
            narrow(page, service, manifest)
            as_trainer(page, service, manifest)


if __name__ == "__main__":
    main()
