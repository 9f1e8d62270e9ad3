"""Scenarios about money spent: a basket, tickets, packs."""

from curate.families.word_scenarios import lists
from curate.families.word_scenarios.shape import (
    PERCENTS,
    SMALL_PERCENTS,
    Aside,
    Part,
    Scenario,
    few,
    measured,
    some,
)

dollars = measured("dollar")

ASIDES = (
    Aside("{a} turned {noise} this spring.", "how old {a} is"),
    Aside("{a} lives at number {noise} of a quiet street.", "where {a} lives"),
    Aside("{a} has {noise:photo} on {a.his} phone.", "how many photos {a} has"),
    Aside("{a} has known {a.his} best friend {b} for {noise:month}.", "how long {a} has known {b}"),
)

_BASKET = Scenario(
    "basket",
    words={"item": lists.GOODS, "gift": lists.GIFTS},
    asides=ASIDES,
    parts=(
        Part(
            draws={"count": some(3, 12), "price": some(2, 12), "extra": some(18, 90)},
            facts=(
                "{a} buys {count:{item}} at {price:$} each and {gift:a} for {extra:$}.",
                (
                    "At the market, {a} picks {count:{item}} and {gift:a}. Each {item} costs {price:$}, the {gift} "
                    "{extra:$}."
                ),
                (
                    "{a} has {count:{item}} and {gift:a} in {a.his} cart. One {item} is {price:$}, and the {gift} is "
                    "{extra:$}."
                ),
            ),
            ops=(
                dollars(
                    "goods", "count * price", "the price of the {item:s}", "{count:{item}} at {price:$} each cost {eq}"
                ),
                dollars("bill", "goods + extra", "the whole bill", "with the {gift} added, the bill is {eq}"),
            ),
            asks=("How many dollars does {a} have to pay?", "How much is that altogether, in dollars?"),
        ),
        Part(
            draws={"coupon": some(3, 25)},
            facts=(
                "A voucher takes {coupon:$} off the bill.",
                "{a.He} hands in a voucher worth {coupon:$}.",
                "As a regular customer, {a.he} gets {coupon:$} off the whole bill.",
            ),
            ops=(dollars("due", "bill - coupon", "the reduced bill", "taking {coupon:$} off leaves {eq}"),),
            asks=("How many dollars does {a} still have to pay?", "How many dollars are left to pay?"),
        ),
        Part(
            draws={"tax": SMALL_PERCENTS},
            facts=(
                "A sales tax of {tax}% is then added to what is left.",
                "On top of the remaining amount comes a tax of {tax}%.",
            ),
            ops=(
                dollars(
                    "taxed",
                    "due * (100 + tax) / 100",
                    "the bill with the tax",
                    "with {tax}% more the bill grows to {eq}",
                ),
            ),
            other=(
                dollars("added", "due * tax / 100", "the tax", "{tax}% of {due:$} is {eq}", "the tax comes to {eq}"),
                dollars("taxed", "due + added", "the bill with the tax", "adding the tax gives {eq}"),
            ),
            asks=("How many dollars does {a} pay in the end?", "How many dollars is the final bill?"),
        ),
        Part(
            draws={"heads": few(2, 9)},
            facts=(
                "The final bill is split equally among {heads} friends.",
                (
                    "{a} shares the final bill equally with some friends, so that {heads} people pay the same amount "
                    "each."
                ),
            ),
            ops=(
                dollars("share", "taxed / heads", "the share of each person", "split {heads} ways, each share is {eq}"),
            ),
            asks=("How many dollars does each of them pay?", "How many dollars is one share?"),
        ),
    ),
)

_TICKETS = Scenario(
    "tickets",
    words={"show": lists.SHOWS, "site": ("website", "travel agency", "ticket shop", "phone service", "hotel desk")},
    asides=ASIDES,
    parts=(
        Part(
            draws={"count": some(3, 14), "fee": some(3, 18), "_each": some(6, 40), "total": "count * _each + fee"},
            facts=(
                (
                    "{a} orders {count:ticket} for the {show} through a {site}. With a booking fee of {fee:$} for the "
                    "whole order, {a.he} pays {total:$}."
                ),
                (
                    "For {count:ticket} to the {show}, {a} pays {total:$}, which includes a single fee of {fee:$} "
                    "that the {site} charges per order. All tickets cost the same."
                ),
            ),
            ops=(
                dollars(
                    "paid",
                    "total - fee",
                    "the price of all the tickets without the fee",
                    "without the fee, {eq} remain",
                ),
                dollars(
                    "each", "paid / count", "the price of one ticket", "{count:ticket} cost {paid:$}, so one costs {eq}"
                ),
            ),
            asks=(
                "How many dollars does one ticket cost without the fee?",
                "What is the price of a single ticket in dollars?",
            ),
        ),
        Part(
            draws={"more": some(2, 12)},
            facts=(
                "The fee not counted, a ticket at the door costs {more:$} more.",
                "On the evening itself, a ticket is {more:$} dearer than in this order without the fee.",
            ),
            ops=(dollars("door", "each + more", "the later price of a ticket", "{more:$} more than {each:$} is {eq}"),),
            asks=(
                "How many dollars does one ticket cost then?",
                "How many dollars does somebody pay who buys a ticket so late?",
            ),
        ),
        Part(
            draws={"group": some(4, 20)},
            facts=(
                "A group of {group} people buys at that later price.",
                "{b} leads a group of {group}, who all need such a late ticket.",
            ),
            ops=(
                dollars(
                    "sum",
                    "door * group",
                    "the price for the whole group",
                    "{group} people at {door:$} each come to {eq}",
                ),
            ),
            asks=("How many dollars do the tickets of the group cost together?",),
        ),
        Part(
            draws={"off": SMALL_PERCENTS},
            facts=("For its size, the group gets {off}% off.", "Groups like this one get a discount of {off}%."),
            ops=(
                dollars(
                    "net",
                    "sum * (100 - off) / 100",
                    "the price for the group after the discount",
                    "{off}% less than {sum:$} is {eq}",
                ),
            ),
            other=(
                dollars("discount", "sum * off / 100", "the discount", "{off}% of {sum:$} is {eq}"),
                dollars(
                    "net",
                    "sum - discount",
                    "the price for the group after the discount",
                    "the group saves that much and pays {eq}",
                ),
            ),
            asks=("How many dollars does the group pay?", "What does the group pay with the discount, in dollars?"),
        ),
    ),
)

_PACKS = Scenario(
    "packs",
    words={"item": lists.GOODS, "event": lists.EVENTS, "pack": ("box", "bundle", "crate", "set", "package")},
    asides=ASIDES,
    parts=(
        Part(
            draws={
                "size": some(3, 12),
                "_packs": some(3, 15),
                "need": "size * _packs",
                "_unit": some(2, 9),
                "_odd": few(0, 3),
                "price": "size * _unit - _odd",
            },
            facts=(
                "For {event}, {a} needs {need:{item}}. They are sold in {pack:s} of {size}, at {price:$} a {pack}.",
                (
                    "{a} has to order {need:{item}} for {event}. The shop only sells {pack:s} that hold {size:{item}} "
                    "each, and one {pack} costs {price:$}."
                ),
            ),
            ops=(
                measured("")("packs", "need / size", "the number of {pack:s}", "{a} needs {eq} {pack:s}"),
                dollars(
                    "cost", "packs * price", "the price of all the {pack:s}", "{packs:{pack}} at {price:$} cost {eq}"
                ),
            ),
            asks=("How many dollars does {a} spend?", "How many dollars do the {item:s} cost altogether?"),
        ),
        Part(
            draws={"_more": few(1, 4), "single": "_unit + _more"},
            facts=(
                "Bought one at a time, every {item} would cost {single:$}.",
                "At another store, single {item:s} are {single:$} apiece.",
            ),
            ops=(
                dollars(
                    "saved",
                    "need * single - cost",
                    "the amount saved by not buying singly",
                    "buying {need:{item}} singly instead would cost more by {eq}",
                ),
            ),
            asks=("How many dollars does {a} save by not buying the {item:s} singly?",),
        ),
        Part(
            draws={"ship": some(3, 15)},
            facts=(
                "Delivery of the {pack:s} adds {ship:$} to their price.",
                "But having the {pack:s} delivered costs {ship:$} extra.",
            ),
            ops=(
                dollars(
                    "net",
                    "saved - ship",
                    "the saving after paying for delivery",
                    "delivery takes {ship:$} away from the saving, which leaves {eq}",
                ),
            ),
            asks=("How many dollars does {a} still save after paying for delivery?",),
        ),
        Part(
            draws={"share": PERCENTS},
            facts=(
                "{a} gives {share}% of what {a.he} still saves to {b}.",
                "{b} gets {share}% of what {a} has saved after paying for delivery.",
            ),
            ops=(dollars("gift", "net * share / 100", "the amount that {b} gets", "{share}% of {net:$} is {eq}"),),
            asks=("How many dollars does {b} get?",),
        ),
    ),
)

BUYING = (_BASKET, _TICKETS, _PACKS)
