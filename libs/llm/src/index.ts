export { type Absence, ABSENCES, type Consultant, type LanguageModel, type Purpose, PURPOSES, type Question, type QuestionKey, type Reply, type ReplyToken, type Usage } from './language-model.js';
