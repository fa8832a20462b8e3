//! A learner with a browser of their own, as the server sees one: forms, a cookie, and the same answer again after a failure.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use app::practice::api::QuestionView;
use domain::ids::AttemptId;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use reqwest::header::{COOKIE, SET_COOKIE};

/// An answer that the server has acknowledged.
#[derive(Clone, Debug)]
pub struct Sent {
    pub attempt: String,
    pub position: i16,
    pub key: String,
}

#[derive(Clone)]
pub struct Learner {
    http: reqwest::Client,
    cookie: String,
}

type Fields = Vec<(&'static str, String)>;

impl Learner {
    pub async fn sign_up(url: &str, name: &str) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).build().unwrap();
        let fields = [("name", name), ("password", "seven grey herons on the quay")];
        let answer = http
            .post(format!("{url}/api/accounts/sign-up"))
            .header("Sec-Fetch-Site", "same-origin")
            .form(&fields)
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "sign-up failed: {}", answer.status());
        let cookie = answer.headers()[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        Self { http, cookie }
    }

    /// The status that a question gets now; `Err`: no answer at all.
    pub async fn try_question(&self, url: &str) -> Result<u16, String> {
        let fields = vec![("request[exam]", "network-plus".to_owned()), ("request[count]", "5".to_owned())];
        self.post(url, "practice/begin", &fields).await.map(|answer| answer.status().as_u16()).map_err(|e| e.to_string())
    }

    /// Answers one quiz after the other. What was not acknowledged is sent again with the same key until it is.
    pub async fn answer_until(self, stop: Arc<AtomicBool>, url: String, seed: u64) -> Vec<Sent> {
        let mut chance = StdRng::seed_from_u64(seed);
        let mut sent = Vec::new();
        'quizzes: while !stop.load(Ordering::SeqCst) {
            let begin = vec![("request[exam]", "network-plus".to_owned()), ("request[count]", "10".to_owned())];
            let Some(attempt) = self.insist::<AttemptId>(&url, "practice/begin", &begin, &stop).await else { break };
            for position in 1..=10_u16 {
                if stop.load(Ordering::SeqCst) {
                    break 'quizzes;
                }
                let ask = vec![("attempt", attempt.to_string()), ("position", position.to_string())];
                let Some(question) = self.insist::<QuestionView>(&url, "practice/question", &ask, &stop).await else {
                    break 'quizzes;
                };
                let answer = answer_fields(&question, &mut chance);
                let Some(_) = self.insist::<QuestionView>(&url, "practice/answer", &answer, &stop).await else {
                    break 'quizzes;
                };
                sent.push(Sent {
                    attempt: attempt.to_string(),
                    position: i16::try_from(position).unwrap(),
                    key: question.key.to_string(),
                });
            }
        }
        sent
    }

    /// Until the server acknowledges; `None`: the round is over.
    async fn insist<T: serde::de::DeserializeOwned>(
        &self,
        url: &str,
        function: &str,
        fields: &Fields,
        stop: &AtomicBool,
    ) -> Option<T> {
        loop {
            match self.post(url, function, fields).await {
                Ok(answer) if answer.status().is_success() => {
                    // A body cut short by the kill was not an acknowledgement.
                    if let Ok(value) = answer.json().await {
                        return Some(value);
                    }
                }
                Ok(answer) => assert_eq!(answer.status().as_u16(), 503, "{function} was refused"),
                Err(_) => {}
            }
            if stop.load(Ordering::SeqCst) {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    async fn post(&self, url: &str, function: &str, fields: &Fields) -> reqwest::Result<reqwest::Response> {
        let request = self.http.post(format!("{url}/api/{function}")).header("Sec-Fetch-Site", "same-origin");
        request.header(COOKIE, &self.cookie).form(fields).send().await
    }
}

fn answer_fields(question: &QuestionView, chance: &mut StdRng) -> Fields {
    let options = u8::try_from(question.prompt.options.len()).unwrap();
    let first = chance.random_range(0..options);
    let mut fields = vec![
        ("answer[attempt]", question.attempt.to_string()),
        ("answer[position]", question.position.to_string()),
        ("answer[key]", question.key.to_string()),
        ("answer[sequence]", question.sequence.to_string()),
    ];
    fields.extend((0..question.prompt.choose).map(|n| ("answer[choices][]", ((first + n) % options + 1).to_string())));
    fields
}
