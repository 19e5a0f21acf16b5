"""Small quizzes in the formats of learning platforms, written for these tests."""

import io
import zipfile

MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
  <question type="category"><category><text>$course$/top/Listening</text></category></question>
  <question type="multichoice">
    <name><text>First words</text></name>
    <questiontext format="html"><text><![CDATA[<p>What do you say <b>first</b>?</p><img src="@@PLUGINFILE@@/desk.png" alt="A desk">]]></text>
      <file name="desk.png" path="/" encoding="base64">iVBORw0KGgo=</file></questiontext>
    <generalfeedback format="html"><text>Feeling before fact.</text></generalfeedback>
    <defaultgrade>2</defaultgrade><penalty>0.25</penalty><single>true</single><shuffleanswers>1</shuffleanswers>
    <answer fraction="100" format="html"><text>You waited long.</text><feedback format="html"><text>Yes.</text></feedback></answer>
    <answer fraction="50"><text>I am sorry.</text><feedback><text></text></feedback></answer>
    <answer fraction="-50"><text>Next!</text></answer>
    <hint format="html"><text>What did she feel?</text></hint>
  </question>
  <question type="multichoice">
    <name><text>Several</text></name><questiontext format="plain_text"><text>Which {two}?</text></questiontext>
    <single>false</single>
    <answer fraction="50"><text>a</text></answer><answer fraction="50"><text>b</text></answer><answer fraction="-100"><text>c</text></answer>
  </question>
  <question type="truefalse">
    <name><text>TF</text></name><questiontext format="html"><text>Silence is agreement.</text></questiontext>
    <answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer>
  </question>
  <question type="shortanswer">
    <name><text>Short</text></name><questiontext format="html"><text>Name the move.</text></questiontext><usecase>1</usecase>
    <answer fraction="100"><text>acknowledge</text></answer><answer fraction="0"><text>*</text><feedback><text>Not that.</text></feedback></answer>
  </question>
  <question type="numerical">
    <name><text>Number</text></name><questiontext format="html"><text>How many?</text></questiontext>
    <answer fraction="100"><text>3.5</text><tolerance>0.5</tolerance></answer>
  </question>
  <question type="matching">
    <name><text>Match</text></name><questiontext format="html"><text>Match.</text></questiontext>
    <subquestion format="html"><text>angry</text><answer><text>name it</text></answer></subquestion>
    <subquestion format="html"><text>afraid</text><answer><text>stay</text></answer></subquestion>
    <subquestion format="html"><text></text><answer><text>leave</text></answer></subquestion>
  </question>
  <question type="essay">
    <name><text>Essay</text></name><questiontext format="html"><text>Write it.</text></questiontext>
    <graderinfo format="html"><text>Look for care.</text></graderinfo>
  </question>
  <question type="description"><name><text>Text</text></name><questiontext format="html"><text>Read this.</text></questiontext></question>
  <question type="multianswer"><name><text>Cloze</text></name><questiontext format="html"><text>The {1:SHORTANSWER:=cat}.</text></questiontext></question>
</quiz>
"""
GAPS = """<quiz><question type="cloze"><name><text>Tea</text></name><questiontext format="html"><text><![CDATA[<p>Warm the
{1:MULTICHOICE:=pot#Right.~cup#No.}, wait {2:NUMERICAL:=4:0.5} minutes, add {1:SHORTANSWER:=milk~%50%lemon~*#Hm.}.</p>]]></text></questiontext></question>
<question type="gapselect"><name><text>Words</text></name><questiontext format="html"><text>Add [[1]] while it is [[2]].</text></questiontext>
<selectoption><text>milk</text><group>1</group></selectoption><selectoption><text>hot</text><group>2</group></selectoption>
<selectoption><text>cold</text><group>2</group></selectoption></question></quiz>"""
GIFT = """// a comment
$CATEGORY: $course$/top/Listening

::First words::What do you say first? {
  =You waited long.#Yes.
  ~%50%I am sorry.
  ~Next!#Hm\\: no.
  ####Feeling before fact.
}

::Several::Which two? { ~%50%a ~%50%b ~%-100%c }

Silence is agreement. {F#No, it is not.#Right.}

Name the {=move =step} you make.

::Number::How many? {#3.5:0.5}

::Range::Between? {#1..5}

::Match::Match. { =angry -> name it =afraid -> stay }

::Essay::Write it. {}

Only a text to read \\{in braces\\}.
"""
_QTI2 = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="{name}" title="{name}">
<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">{key}</responseDeclaration>
<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float"><defaultValue><value>2</value></defaultValue></outcomeDeclaration>
<itemBody>{body}</itemBody></assessmentItem>"""


def qti2(name: str, body: str, *, key: str = "", cardinality: str = "single", base: str = "identifier") -> str:
    return _QTI2.format(name=name, body=body, key=key, cardinality=cardinality, base=base)


def correct(*values: str) -> str:
    return "<correctResponse>" + "".join(f"<value>{value}</value>" for value in values) + "</correctResponse>"


CHOICE = qti2(
    "Choice",
    '<p>She waits.</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1"><prompt>What now?</prompt>'
    '<simpleChoice identifier="a">Ask</simpleChoice><simpleChoice identifier="b">Go<feedbackInline>Hm.</feedbackInline></simpleChoice></choiceInteraction>',
    key=correct("a"),
)
ORDER = qti2(
    "Order",
    '<orderInteraction responseIdentifier="RESPONSE"><simpleChoice identifier="a">two</simpleChoice><simpleChoice identifier="b">one</simpleChoice></orderInteraction>',
    key=correct("b", "a"), cardinality="ordered",
)  # fmt: skip
MATCH = qti2(
    "Match",
    '<matchInteraction responseIdentifier="RESPONSE"><simpleMatchSet><simpleAssociableChoice identifier="l">angry</simpleAssociableChoice></simpleMatchSet>'
    '<simpleMatchSet><simpleAssociableChoice identifier="r">name it</simpleAssociableChoice><simpleAssociableChoice identifier="s">leave</simpleAssociableChoice></simpleMatchSet></matchInteraction>',
    key=correct("l r"), cardinality="multiple", base="directedPair",
)  # fmt: skip
ENTRY = qti2(
    "Entry", '<p>It is <textEntryInteraction responseIdentifier="RESPONSE"/> km.</p>', key=correct("3.5"), base="float"
)
DRAWN = qti2(
    "Drawn",
    '<gapMatchInteraction responseIdentifier="RESPONSE"><gapText identifier="w">water</gapText><gapText identifier="l">leaves</gapText>'
    '<p>Pour <gap identifier="a"/> over <gap identifier="b"/>.</p></gapMatchInteraction>',
    key=correct("w a", "l b"), cardinality="multiple", base="directedPair",
)  # fmt: skip
HOTSPOT = qti2("Hotspot", '<hotspotInteraction responseIdentifier="RESPONSE"/>')
QTI3 = (
    CHOICE.replace("assessmentItem", "qti-assessment-item").replace("responseDeclaration", "qti-response-declaration")
    .replace("outcomeDeclaration", "qti-outcome-declaration").replace("correctResponse", "qti-correct-response")
    .replace("itemBody", "qti-item-body").replace("choiceInteraction", "qti-choice-interaction").replace("simpleChoice", "qti-simple-choice")
    .replace("feedbackInline", "qti-feedback-inline").replace("<value>", "<qti-value>").replace("</value>", "</qti-value>")
    .replace("responseIdentifier", "response-identifier").replace("maxChoices", "max-choices").replace("<prompt>", "<qti-prompt>")
    .replace("</prompt>", "</qti-prompt>").replace("defaultValue", "qti-default-value")
)  # fmt: skip
QTI1 = """<questestinterop><assessment title="Quiz"><section>
<item ident="i1" title="Choice"><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>points_possible</fieldlabel><fieldentry>3</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>
<presentation><material><mattext texttype="text/html">&lt;p&gt;What &lt;i&gt;now&lt;/i&gt;?&lt;/p&gt;</mattext></material>
<response_lid ident="r1" rcardinality="Single"><render_choice shuffle="Yes">
<response_label ident="a"><material><mattext>Ask</mattext></material></response_label>
<response_label ident="b"><material><mattext>Go</mattext></material></response_label></render_choice></response_lid></presentation>
<resprocessing><outcomes/><respcondition><conditionvar><varequal respident="r1">a</varequal></conditionvar><setvar action="Set">100</setvar><displayfeedback linkrefid="f"/></respcondition></resprocessing>
<itemfeedback ident="f"><flow_mat><material><mattext>Yes.</mattext></material></flow_mat></itemfeedback></item>
<item ident="i2" title="Essay"><presentation><material><mattext>Write.</mattext></material><response_str ident="r" rcardinality="Single"><render_fib/></response_str></presentation></item>
</section></assessment></questestinterop>"""


def package(*items: str) -> bytes:
    """Return a QTI package whose manifest names the items from last to first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        names = [f"items/{number}.xml" for number in range(len(items))]
        resources = "".join(f'<resource identifier="{name}" href="{name}"/>' for name in reversed(names))
        archive.writestr("imsmanifest.xml", f"<manifest><resources>{resources}</resources></manifest>")
        for name, item in zip(names, items, strict=True):
            archive.writestr(name, item)
    return out.getvalue()
