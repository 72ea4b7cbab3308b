//! Makes the handles through which metrics are counted, by the table of metrics.

use metrics::{
    Counter, Gauge, Histogram, Key, KeyName, Label, Level, Metadata, Recorder as _, SharedString,
};
use metrics_exporter_prometheus::PrometheusRecorder;

use super::table::{Kind, Metric};

static METADATA: Metadata<'static> =
    Metadata::new(module_path!(), Level::INFO, Some(module_path!()));

/// One label of a metric and its value.
type Of<'a> = [(&'static str, &'a str)];

/// Where metrics are registered.
pub(super) struct Register<'a>(&'a PrometheusRecorder);

impl<'a> Register<'a> {
    pub(super) const fn new(recorder: &'a PrometheusRecorder) -> Self {
        Self(recorder)
    }

    /// Gives every metric its help text.
    pub(super) fn describe(&self, metrics: &[Metric]) {
        for metric in metrics {
            let name = KeyName::from_const_str(metric.name);
            let help = SharedString::const_str(metric.help);
            match metric.kind {
                Kind::Counter => self.0.describe_counter(name, None, help),
                Kind::Gauge => self.0.describe_gauge(name, None, help),
                Kind::Histogram => self.0.describe_histogram(name, None, help),
            }
        }
    }

    pub(super) fn counter(&self, metric: &Metric, of: &Of<'_>) -> Counter {
        self.0.register_counter(&key(metric, of), &METADATA)
    }

    pub(super) fn gauge(&self, metric: &Metric, of: &Of<'_>) -> Gauge {
        self.0.register_gauge(&key(metric, of), &METADATA)
    }

    pub(super) fn histogram(&self, metric: &Metric, of: &Of<'_>) -> Histogram {
        self.0.register_histogram(&key(metric, of), &METADATA)
    }
}

fn key(metric: &Metric, of: &Of<'_>) -> Key {
    let labels = of
        .iter()
        .map(|&(name, value)| Label::new(name, value.to_owned()));
    Key::from_parts(metric.name, labels.collect::<Vec<Label>>())
}
