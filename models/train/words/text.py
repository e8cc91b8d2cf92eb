"""Sentences to be spoken: general English, everyday requests, numbers, and lists of words.

The shapes below are everyday English in general. None is taken from a test set's grammar: the phone model has
to serve commands that nobody has written yet.
"""

import random
import re
from pathlib import Path

from .lexicon import pronunciations

ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

SLOTS = {
    "room": (
        "kitchen|bedroom|bathroom|living room|hallway|office|garage|garden|nursery|basement|attic|"
        "dining room|porch"
    ),
    "device": (
        "light|lights|lamp|ceiling light|fan|heater|plug|radio|television|speaker|blinds|curtains|door|"
        "oven|kettle"
    ),
    "colour": "red|green|blue|yellow|white|orange|purple|pink|warm white|turquoise|violet",
    "food": (
        "milk|whole milk|skim milk|soy milk|cream|whipped cream|sugar|brown sugar|honey|bread|butter|"
        "cheese|rice|soup|salad|chicken|beef|fish|pasta|pizza|apples|bananas|oranges|lemon|tea|green tea|"
        "coffee|juice|water|ice|cinnamon|vanilla|chocolate|caramel|hazelnut|almonds|sauce|mustard|"
        "ketchup|pepper|salt|eggs|bacon|toast|jam|yogurt|cookies|cake|pie|nuts|oats|flour|beans|corn|"
        "peas|tomatoes|onions|garlic|ginger|mint|syrup|foam|espresso|mocha|sweetener"
    ),
    "size": "small|medium|large|big|tiny|extra large|regular|little|double|single|triple|half|huge",
    "amount": (
        "some|a bit of|a little|a little bit of|a lot of|lots of|plenty of|no|extra|more|less|enough|"
        "a cup of|a glass of|a spoon of|a pinch of|a bottle of|a piece of|two cups of|three spoons of|"
        "a couple of|a splash of|a dash of|a drop of|a bit|the rest of|all of|none of|most of|any|"
        "half a cup of|two drops of|a third of|a quarter of|one more|not too much|just a little"
    ),
    "fraction": (
        "half|a half|one half|a third|two thirds|a quarter|one quarter|three quarters|a fifth|an eighth|"
        "one and a half|two and a half|three point five|zero point two|one percent"
    ),
    "ordinal": (
        "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
        "thirteenth|fifteenth|twentieth|twenty first|thirtieth|last|next"
    ),
    "person": (
        "my mother|my brother|my sister|anna|peter|john|mary|the children|everybody|someone|nobody|him|her|"
        "them|us|my wife|my husband|the doctor|grandma|david|sarah|james|emma|tom|lucy"
    ),
    "small": (
        "a|an|the|and|or|of|to|in|on|at|for|with|some|any|no|not|is|it|its|this|that|these|i|you|we|he|she|"
        "my|your|his|her|our|their|me|him|us|them|as|by|from|up|out|off|so|but|if|do|does|did|can|could|"
        "would|will|be|am|are|was|were|has|have|had|all|one|two|more|less|much|many|just|only|too|very"
    ),
    "polite": "please|thanks|thank you|if you can|right now|for me|again",
    "ask": (
        "can i get|can i have|could i have|could i get|i would like|i'd like|i want|i'll have|give me|"
        "bring me|get me|let me have|may i have|i need|we need|make me|may i get|would you make|"
        "could you make me|do you have"
    ),
    "verb": (
        "turn on|turn off|switch on|switch off|open|close|start|stop|dim|brighten|check|show me|find|"
        "play|pause|set"
    ),
    "unit": (
        "minutes|seconds|hours|days|weeks|percent|degrees|dollars|cups|spoons|miles|people|times|pounds|"
        "grams|ounces|liters|feet|inches|euros|cents|points|steps|pieces|slices|bottles|months|years"
    ),
    "day": (
        "monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|tonight|this morning|"
        "next week"
    ),
    "thing": (
        "timer|alarm|reminder|song|music|news|weather|list|volume|brightness|temperature|message|story|"
        "podcast"
    ),
}
TEMPLATES = [
    "{small} {food}",
    "{small} {small} {food}",
    "{small} {size} {thing}",
    "{small} {small} {small} {device}",
    "{food} {small} {amount} {food}",
    "{amount} {food} {small} {amount} {food}",
    "{amount} {size} {food} with {food}",
    "a {n} {unit} {food}",
    "{n} {unit} of {food}",
    "{fraction} of the {food}",
    "{fraction} {unit}",
    "{fraction} of {amount} {food}",
    "the {ordinal} {thing}",
    "the {ordinal} of the month",
    "{day} the {ordinal}",
    "call {person}",
    "tell {person} to {verb} the {device}",
    "tell {person} that it is {clock}",
    "give {person} {amount} {food}",
    "{verb} every {device} in the {room}",
    "{verb} {n} {device}",
    "is the {room} {device} on",
    "dim the {device} to {n} percent",
    "{device} {colour}",
    "{room} {n} degrees",
    "{n} point {n}",
    "{n} {n} {n}",
    "{n} times {n}",
    "{n} plus {n} minus {n}",
    "{amount} {food} but {amount} {food}",
    "what is {n} percent of {n}",
    "skip this {thing}",
    "{verb} it",
    "{small} {verb} {small} {device}",
    "{ask} {amount} {food} {polite}",
    "{ask} a {size} {food}",
    "{ask} {amount} {food} and {amount} {food}",
    "{amount} {food}",
    "with {amount} {food}",
    "{amount} {food} with {food} on top",
    "{size} {food} {polite}",
    "without {food}",
    "{food} and {food}",
    "{verb} the {room} {device}",
    "{verb} the {device} in the {room}",
    "make the {room} {colour}",
    "{verb} the {device} {polite}",
    "set the {thing} to {n} {unit}",
    "set a {thing} for {n} {unit}",
    "{n} {unit}",
    "in {n} {unit}",
    "it takes {n} {unit}",
    "cancel the {thing}",
    "what is the {thing}",
    "how is the {thing} {day}",
    "next {thing}",
    "stop the {thing}",
    "never mind",
    "remind me {day} at {clock}",
    "wake me at {clock}",
    "what time is it",
    "what's the time",
    "it is {clock}",
    "at {clock} {day}",
    "turn it up",
    "turn it down",
    "a bit louder",
    "a little quieter",
    "yes {polite}",
    "no {polite}",
    "add {food} to the {thing}",
    "the {colour} {device}",
    "the {size} {colour} {device} {polite}",
    "is there {amount} {food} left",
    "put {amount} {food} in the {food}",
    "{n} of them",
    "number {n}",
    "{n} and {n}",
    "half past {h}",
    "{day} at {clock}",
    "louder",
    "quieter",
    "pause",
    "resume",
    "help",
    "hello there",
]


def number(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.45:
        return rng.choice(ONES + TEENS)
    if kind < 0.85:
        return rng.choice(TENS) + (" " + rng.choice(ONES) if rng.random() < 0.6 else "")
    return rng.choice(
        ["a hundred", "one hundred", "two hundred and " + rng.choice(TENS), "a thousand", "zero"]
    )


def filled(template: str, rng: random.Random) -> str:
    def slot(match: re.Match) -> str:
        name = match.group(1)
        if name == "n":
            return number(rng)
        if name == "h":
            return rng.choice(ONES + TEENS[:3])
        if name == "clock":
            return rng.choice(ONES + TEENS[:3]) + rng.choice(
                ["", " thirty", " fifteen", " o'clock", " p m", " a m"]
            )
        return rng.choice(SLOTS[name].split("|"))

    return re.sub(r"{(\w+)}", slot, template)


def read_fragments(folder: Path) -> list[list[str]]:
    """Runs of dictionary words between punctuation marks of the text files in the folder."""
    known, fragments = pronunciations(), []
    for file in sorted(folder.iterdir()):
        text = file.read_text(encoding="utf-8", errors="ignore").lower().replace("\u2019", "'")
        for fragment in re.split(r"[^a-z' \n]+|\n\n", text):
            words = [word.strip("'") for word in fragment.split()]
            if len(words) >= 2 and all(word in known for word in words):
                fragments.extend(words[start : start + 12] for start in range(0, len(words), 12))
    return fragments


class Writer:
    """Endless seeded supply of word lists; about half is running English, the rest is made up."""

    def __init__(self, fragments: list[list[str]], rng: random.Random):
        self.rng = rng
        self.fragments = [f for f in fragments if len(f) >= 2]
        self.running = [word for fragment in fragments for word in fragment]  # drawn from, so by frequency
        self.all_words = sorted(pronunciations())

    def sentence(self) -> list[str]:
        kind, rng = self.rng.random(), self.rng
        if kind < 0.42:
            return rng.choice(self.fragments)
        if kind < 0.72:
            words = filled(rng.choice(TEMPLATES), rng).split()
            return [word for word in words if word in pronunciations()]
        if kind < 0.87:
            return [rng.choice(self.running) for _ in range(rng.randint(1, 6))]
        return [rng.choice(self.all_words) for _ in range(rng.randint(1, 4))]
