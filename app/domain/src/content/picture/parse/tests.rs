use super::*;

fn svg(inner: &str) -> String {
    format!("<svg viewBox=\"0 0 320 200\" xmlns=\"{NAMESPACE}\">\n{inner}\n</svg>\n")
}

/// The lines, from 0, and the words of what is refused.
#[track_caller]
fn refused(source: &str, expected: &[(u32, &str)]) {
    let (_, refusals) = parse(source);
    assert_eq!(refusals.len(), expected.len(), "{refusals:?}");
    for (refusal, (line, words)) in refusals.iter().zip(expected) {
        assert!(refusal.lines_before == *line && refusal.what.contains(words), "{refusal:?} is not {line} {words}");
    }
}

#[test]
fn a_drawing_becomes_typed_nodes() {
    let source = svg("<!-- a <comment> -->\n<g class=\"quiet dashed\"><rect x=\"1\" y=\"2.5\" width=\"10\" height=\"5\"/></g>\n\
                      <path d=\"M0 0h10\"/><text x=\"4\" y=\"5\">A &amp; B <tspan class=\"mono\">c &lt; d</tspan></text>");
    let (drawing, refusals) = parse(&source);
    assert_eq!(refusals, []);
    assert_eq!((drawing.width, drawing.height, drawing.nodes.len()), (320, 200, 3));
    let Node::Shape { shape: Shape::Group, attributes, inner } = &drawing.nodes[0] else { panic!("{drawing:?}") };
    assert_eq!(attributes, &[(Attribute::Class, "quiet dashed".to_owned())]);
    assert!(matches!(&inner[..], [Node::Shape { shape: Shape::Rectangle, attributes, .. }] if attributes.len() == 4));
    let Node::Shape { shape: Shape::Text, inner, .. } = &drawing.nodes[2] else { panic!("{drawing:?}") };
    assert_eq!(inner[0], Node::Words("A & B ".to_owned()));
    let Node::Shape { shape: Shape::Span, inner, .. } = &inner[1] else { panic!("{inner:?}") };
    assert_eq!(inner[..], [Node::Words("c < d".to_owned())]);
}

#[test]
fn whatever_could_run_load_or_style_is_refused_and_left_out() {
    for (inner, words) in [
        ("<script>alert()</script>", "`script`"),
        ("<image href=\"https://example.com/a.png\"/>", "`image`"),
        ("<use href=\"#a\"/>", "`use`"),
        ("<a href=\"https://example.com\"/>", "`a`"),
        ("<foreignObject/>", "`foreignObject`"),
        ("<style>*{}</style>", "`style`"),
        ("<animate/>", "`animate`"),
        ("<rect onclick=\"alert()\"/>", "`onclick`"),
        ("<rect style=\"fill:red\"/>", "`style`"),
        ("<rect fill=\"url(#a)\"/>", "`fill`"),
        ("<rect class=\"nav\"/>", "it takes"),
        ("<rect x=\"calc(1)\"/>", "plain numbers"),
        ("<path d=\"url(x)\"/>", "plain numbers"),
        ("<text>&#106;</text>", "character reference"),
        ("<!DOCTYPE svg>", "declaration"),
        ("<?xml version=\"1.0\"?>", "declaration"),
    ] {
        let (drawing, refusals) = parse(&svg(inner));
        assert!(refusals[0].what.contains(words) && refusals[0].lines_before == 1, "{inner}: {refusals:?}");
        let kept = format!("{drawing:?}").to_lowercase();
        assert!(!["alert", "example", "url", "calc", "#a", "nav", "red"].iter().any(|word| kept.contains(word)), "{kept}");
    }
}

#[test]
fn each_mistake_of_form_has_its_line() {
    refused("", &[(0, "no `<svg")]);
    refused("<p></p>", &[(0, "no `<svg")]);
    refused(&svg("<g>\n<rect/>"), &[(3, "`</svg>` where `</g>`"), (4, "without its `</svg>`")]);
    refused(&svg("<rect x=1/>"), &[(1, "name=\"value\"")]);
    refused(&svg("\nloose words"), &[(0, "outside of a text")]);
    refused(&(svg("<rect/>") + "<svg>"), &[(2, "after `</svg>`")]);
    refused("<svg viewBox=\"0 0 320 200\">", &[(0, "without its `</svg>`")]);
    for box_ in ["0 0 361 200", "0 0 320 401", "1 0 320 200", "0 0 0 10", "0 0 320", "a", "0 0 -5 10"] {
        refused(&format!("<svg viewBox=\"{box_}\"></svg>"), &[(0, "no view box")]);
    }
    refused("<svg viewBox=\"0 0 9 9\" width=\"9\"></svg>", &[(0, "`width` of the svg")]);
}

#[test]
fn a_drawing_has_bounds() {
    refused(&svg(&"<rect/>".repeat(MOST_NODES)), &[]);
    let (_, refusals) = parse(&svg(&"<rect/>".repeat(MOST_NODES + 1)));
    assert!(refusals[0].what.contains("more than 300"), "{refusals:?}");
    let (_, refusals) = parse(&svg(&format!("{}{}", "<g>".repeat(5000 / 7), "</g>".repeat(5000 / 7))));
    assert!(refusals[0].what.contains("inside each other"), "{:?}", refusals.first());
    refused(&svg(&" ".repeat(MOST_BYTES)), &[(0, "bytes")]);
}
